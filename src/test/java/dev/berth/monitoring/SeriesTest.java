package dev.berth.monitoring;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Management;
import dev.berth.event.RawRecord;
import dev.berth.event.outgoing.StepType;
import dev.berth.operations.BacklogGauges;
import dev.berth.operations.CapacityGauges;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.Pieces;
import dev.berth.store.Samples;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Reason;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As many series at a thousand tenants as at ten, and no label names one. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class SeriesTest {

  private static final String ID = "series-of-";
  private static final int MOST_SERIES = 3000;

  private final Metrics metrics;
  private final BacklogGauges gauges;
  private final CapacityGauges capacity;
  private final Tenants tenants;

  SeriesTest(
      MeterRegistry registry, BacklogGauges gauges, CapacityGauges capacity, Tenants tenants) {
    this.metrics = Pieces.metricsOf(registry);
    this.gauges = gauges;
    this.capacity = capacity;
    this.tenants = tenants;
  }

  @Test
  void aThousandTenantsHaveAsManySeriesAsTen() {
    live(0, 10);
    List<String> few = series();
    live(10, 1000);
    List<String> many = series();

    assertThat(many).hasSameSizeAs(few).hasSizeLessThan(MOST_SERIES);
    assertThat(many).noneMatch(line -> line.contains(ID));
    assertThat(many).anyMatch(line -> line.startsWith("berth_plan_tenants{plan=\"team\""));
    assertThat(many).anyMatch(line -> line.contains("uri=\"/api/v1/tenants/{id}\""));
  }

  /** What becomes a metric of each of them. */
  private void live(int from, int to) {
    IntStream.range(from, to).mapToObj(i -> Samples.tenant(ID + i)).forEach(this::live);
    gauges.refresh();
    capacity.refresh();
  }

  private void live(Tenant tenant) {
    String id = tenant.id().value();
    QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant));
    for (Ruling ruling : Ruling.values()) {
      metrics.decided(record(id), ruling, Reason.InvalidData);
    }
    Operation operation = new Operation.EvictPods(tenant.id().namespace(""), List.of());
    metrics.timed(operation, () -> new Outcome.Retryable(Reason.ApiConflict, id + " changes"));
    metrics.announced(StepType.PROVISIONED, tenant, () -> Duration.ZERO);
    given().get("/api/v1/tenants/" + id);
    if (id.endsWith("0")) {
      given().get("/api/v1/" + id);
    }
  }

  private List<String> series() {
    synchronized (gauges) { // while they measure by themselves, a series is away for a moment
      synchronized (capacity) {
        return Management.get("/q/metrics")
            .asString()
            .lines()
            .filter(line -> line.startsWith("berth_") || line.startsWith("http_"))
            .toList();
      }
    }
  }

  private static RawRecord record(String tenant) {
    return new RawRecord(
        new RawRecord.Position("tenant.events", 0, 0),
        Clock.systemUTC().instant(),
        tenant.getBytes(),
        List.of(),
        null);
  }
}
