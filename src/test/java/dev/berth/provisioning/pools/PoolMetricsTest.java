package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.PoolSamples;
import dev.berth.nodepool.cloud.CloudException;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.tenant.condition.Reason;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolMetricsTest {

  private static final Instant BEGUN = PoolSamples.TIME;
  private static final Instant OVER = BEGUN.plus(Duration.ofMinutes(4));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final PoolMetrics metrics = new PoolMetrics(registry);

  @Test
  void aCallThatGoesWellIsCounted() {
    assertThat(metrics.counted("cluster", () -> "read")).isEqualTo("read");

    assertThat(requests("cluster", "ok")).isOne();
  }

  /** Azure has hundreds of codes, and a label may not grow with them. */
  @ParameterizedTest
  @CsvSource({
    "OperationNotAllowed, OperationNotAllowed, 0",
    "operationnotallowed, OperationNotAllowed, 0",
    "Unreachable, Unreachable, 0",
    "SomethingNew-4711, other, 0",
    "Throttled, Throttled, 1",
    "TooManyRequests, TooManyRequests, 1",
  })
  void aFailureIsCountedByACodeThatIsKnown(String code, String label, double throttled) {
    CloudFailure failure = new CloudFailure(code, "no", null, null);

    assertThatThrownBy(() ->
            metrics.counted(
                "create",
                () -> {
                  throw new CloudException(failure);
                }))
        .isInstanceOf(CloudException.class);

    assertThat(requests("create", label)).isOne();
    assertThat(registry.find("berth.azure.throttled").counters())
        .hasSize((int) throttled)
        .allSatisfy(counter -> assertThat(counter.count()).isOne());
  }

  @Test
  void nothingIsRegisteredBeforeAzureIsAsked() {
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void theWayFromTheFirstWordToTheLastIsTimed() {
    NodePool creating = PoolSamples.provisioned(Reason.NodePoolCreating, BEGUN, null);
    NodePool growing = PoolSamples.provisioned(Reason.NodePoolGrowing, BEGUN, null);

    metrics.looked(creating, PoolSamples.provisioned(Reason.Applied, OVER, null), OVER);
    metrics.looked(growing, PoolSamples.provisioned(Reason.CloudQuota, OVER, null), OVER);

    assertThat(timed("create", "Done").totalTime(TimeUnit.MINUTES)).isEqualTo(4);
    assertThat(timed("grow", "Failed").totalTime(TimeUnit.MINUTES)).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "NodePoolCreating, NodePoolCreating",
    "NodePoolGrowing, CloudBusy",
    "NotRequired, CloudQuota",
    "Applied, Applied",
  })
  void whatGoesOnOrNeverBeganIsNotTimed(Reason before, Reason after) {
    metrics.looked(
        PoolSamples.provisioned(before, BEGUN, null),
        PoolSamples.provisioned(after, BEGUN, null),
        OVER);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aWriteOfWhichNothingIsKnownGoesOn() {
    metrics.looked(
        PoolSamples.provisioned(Reason.NodePoolGrowing, BEGUN, null),
        PoolSamples.provisioned(Reason.CloudUnavailable, OVER, new PoolIntent(false, 3)),
        OVER);

    assertThat(registry.getMeters()).isEmpty();
  }

  private double requests(String operation, String code) {
    return registry
        .get("berth.azure.requests")
        .tags("operation", operation, "code", code)
        .counter()
        .count();
  }

  private Timer timed(String operation, String outcome) {
    return registry
        .get("berth.node.pool.operation.duration")
        .tags("operation", operation, "outcome", outcome)
        .timer();
  }
}
