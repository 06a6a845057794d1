package dev.berth.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.outgoing.StepType;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.condition.Reason;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Pieces pieces = new Pieces();

  @Test
  void aVerdictIsTimedFromTheMomentThatTheBrokerTookTheRecord() {
    RawRecord raw = record();
    pieces.clock.goesOn(Duration.ofSeconds(7));

    pieces.metrics.decided(raw, Ruling.PARKED, null);
    assertThat(pieces.meters.find("berth.verdict.delay").timer()).isNull();

    pieces.metrics.decided(raw, Ruling.REFUSED, Reason.NoKey);
    assertThat(timer("berth.verdict.delay").totalTime(TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void theTimeOnTheWaitingListIsNoTimeOfBerth() {
    var accepted = pieces.accepted("acme");
    pieces.clock.goesOn(Duration.ofSeconds(40));

    pieces.metrics.announced(StepType.PROVISIONED, accepted, () -> Duration.ofSeconds(38));

    assertThat(timer("berth.onboarding.duration").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void anObjectThatOthersChangeAgainAndAgainIsContested() {
    Operation operation = new Operation.EvictPods("tenant-acme", List.of());

    pieces.metrics.timed(operation, () -> new Outcome.Retryable(Reason.ApiTimeout, "slow"));
    assertThat(pieces.meters.find("berth.drift").counters()).isEmpty();

    pieces.metrics.timed(operation, () -> new Outcome.Retryable(Reason.ContentMismatch, "other"));
    assertThat(
            pieces.meters.counter("berth.drift", "resource", "Pods", "action", "contested").count())
        .isOne();

    pieces.metrics.timed(operation, () -> new Outcome.Rejected(Reason.ApiForbidden, "no"));
    pieces.metrics.timed(operation, () -> new Outcome.Rejected(Reason.Contested, "again"));
    assertThat(
            pieces.meters.counter("berth.drift", "resource", "Pods", "action", "contested").count())
        .isEqualTo(2);
  }

  private Timer timer(String name) {
    return pieces.meters.get(name).timer();
  }

  private RawRecord record() {
    return new RawRecord(
        new RawRecord.Position("tenant.events", 0, 0),
        pieces.clock.instant(),
        null,
        List.of(),
        null);
  }
}
