package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.Records;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.event.incoming.MembersFuzzTest;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Metrics;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.store.Sql;
import dev.berth.store.inbox.Requests;
import dev.berth.store.inbox.Requests.NotApplied;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired;
import dev.berth.tenant.TenantId;
import dev.berth.tracing.Spans;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is not applied is told: to its producer, and to who asks for its tenant. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class NotAppliedTest {

  private static final AtomicLong OFFSET = new AtomicLong(1_000);

  @Inject Intake intake;
  @Inject ParkedRequests parked;
  @Inject Verdicts verdicts;
  @Inject Metrics metrics;
  @Inject VerdictLog log;
  @Inject Lifetime lifetime;
  @Inject Requests requests;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  private final String tenant = "n" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void dataOfAnyShapeEndInARejectedStepThatSaysNothingOfBerthsCode() throws Exception {
    int number = 0;
    for (Map.Entry<String, Records> spoilt : MembersFuzzTest.spoilt(tenant).entrySet()) {
      if (!spoilt.getKey().startsWith("plan-changed")) { // has the same data as created
        take(spoilt.getValue(), "fuzz-" + ++number);
      }
    }

    assertThat(
            count(
                "inbox WHERE tenant_id = '%s' AND coalesce(verdict, '') NOT IN ('REJECTED', 'STALE', 'APPLIED', 'NOT_OURS')"))
        .isZero();
    long rejected = count("inbox WHERE tenant_id = '%s' AND verdict = 'REJECTED'");
    assertThat(rejected).isGreaterThan(200);
    assertThat(rejectedSteps()).isEqualTo(rejected);
    MembersFuzzTest.assertSaysNothingOfBerthsCode(
        Sql.one(
            dataSource,
            "SELECT string_agg(convert_from(payload, 'UTF8'), ' ') FROM outbox WHERE key = '%s'"
                .formatted(tenant)));
  }

  @Test
  void whatFailsInsideBerthIsUnexpectedAndSaysWhereToLook() throws Exception {
    Intake broken = new Intake(new Broken(), verdicts, metrics, log, lifetime, Spans.NONE);
    broken.take(record(created(1), id("broken")));

    assertThat(
            Sql.one(
                dataSource,
                "SELECT reason FROM refused WHERE claimed_id = '%s'".formatted(id("broken"))))
        .isEqualTo("Unexpected");
    String told =
        Sql.one(
            dataSource,
            "SELECT convert_from(payload, 'UTF8') FROM outbox WHERE topic = 'tenant.quarantine' AND key = '%s'"
                .formatted(tenant));
    assertThat(told)
        .contains("\"reason\":\"Unexpected\"", "its log has the cause under ")
        .doesNotContain("IllegalState", "secret");
    MembersFuzzTest.assertSaysNothingOfBerthsCode(told);

    take(created(1), "broken");
    assertThat(verdict("broken")).isEqualTo("APPLIED");
  }

  @Test
  void everyVerdictIsKeptWithItsMessage() {
    take(created(2), "first");
    assertThat(requests.latestNotApplied(new TenantId(tenant))).isEmpty();

    take(created(1), "late");
    assertThat(latest())
        .extracting(NotApplied::verdict, NotApplied::message)
        .containsExactly(
            "STALE",
            "generation 1 is not above 2, the highest that was applied: send a higher one");
    take(created(3).header("ce_expirytime", "2020-01-01T00:00:00Z"), "expired");
    assertThat(latest())
        .extracting(NotApplied::verdict, NotApplied::message)
        .containsExactly("EXPIRED", "its expirytime 2020-01-01T00:00:00Z had passed");
    take(snapshot("created", 3, ", \"cluster\": \"far\""), "elsewhere");
    assertThat(latest())
        .extracting(NotApplied::verdict, NotApplied::message)
        .containsExactly("NOT_OURS", "it is for cluster far, this one is local");
    take(snapshot("created", 3, ", \"sandboxes\": 0"), "bad");
    assertThat(latest())
        .extracting(NotApplied::verdict, NotApplied::reason)
        .containsExactly("REJECTED", "InvalidData");
    assertThat(latest().message()).startsWith("/sandboxes must be ");
  }

  @Test
  void anUpdateThatOvertookTheCreatedOfTheNextLifeIsAppliedAfterIt() throws Exception {
    take(created(1), "first");
    take(offboarding(2), "end");

    take(updated(4), "early");
    take(updated(4), "early"); // delivered again
    parked.tryAgain();

    assertThat(verdict("early")).isNull();
    assertThat(latest())
        .extracting(NotApplied::verdict, NotApplied::reason)
        .containsExactly("PARKED", "TenantOffboarded");
    assertThat(latest().message()).contains("generation 4 waits", "created.v1");
    assertThat(rejectedSteps()).isZero();

    take(created(3), "begin");
    parked.tryAgain();

    assertThat(verdict("early")).isEqualTo("APPLIED");
    Desired desired = tenants.find(new TenantId(tenant)).orElseThrow().desired();
    assertThat(desired.generation()).isEqualTo(4);
    assertThat(desired.next().generation()).isEqualTo(4);
    assertThat(count("parked WHERE event_id LIKE '%s%%'")).isZero();
  }

  @Test
  void anUpdateWhoseCreatedNeverComesIsRejectedInTheEnd() throws Exception {
    take(created(1), "first");
    take(offboarding(2), "end");
    take(updated(3), "update");
    Sql.run(
        dataSource,
        "UPDATE parked SET until = now() - interval '1 second' WHERE event_id = '%s'"
            .formatted(id("update")));

    parked.tryAgain();

    assertThat(verdict("update")).isEqualTo("REJECTED");
    assertThat(latest().reason()).isEqualTo("TenantOffboarded");
    assertThat(rejectedSteps()).isEqualTo(1);
    assertThat(tenants.find(new TenantId(tenant)).orElseThrow().desired().next()).isNull();
  }

  @Test
  void anUpdateThatWaitsIsStaleOnceTheNextLifeIsBeyondIt() throws Exception {
    take(created(1), "first");
    take(offboarding(2), "end");
    take(updated(3), "update");
    take(created(5), "begin");

    parked.tryAgain();

    assertThat(verdict("update")).isEqualTo("STALE");
    assertThat(rejectedSteps()).isZero();
  }

  private void take(Records sent, String id) {
    intake.take(record(sent, id(id)));
  }

  private String id(String id) {
    return tenant + "-" + id;
  }

  private static RawRecord record(Records sent, String id) {
    RawRecord raw = sent.set("ce_id", id).raw();
    return new RawRecord(
        new Position(Records.TOPIC, 0, OFFSET.incrementAndGet()),
        Instant.EPOCH,
        raw.key(),
        raw.headers(),
        raw.value());
  }

  private Records created(long generation) {
    return snapshot("created", generation, "");
  }

  private Records updated(long generation) {
    return snapshot("updated", generation, "");
  }

  private Records snapshot(String type, long generation, String more) {
    return Records.of(
        tenant,
        "dev.berth.tenant.%s.v1".formatted(type),
        "{\"generation\": %d, \"plan\": \"starter\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]%s}"
            .formatted(generation, more));
  }

  private Records offboarding(long generation) {
    return Records.of(
        tenant,
        "dev.berth.tenant.offboarding-requested.v1",
        "{\"generation\": %d, \"reason\": \"over\"}".formatted(generation));
  }

  private NotApplied latest() {
    return requests.latestNotApplied(new TenantId(tenant)).orElseThrow();
  }

  private String verdict(String id) throws Exception {
    return Sql.one(dataSource, "SELECT verdict FROM inbox WHERE event_id = '%s'".formatted(id(id)));
  }

  private long rejectedSteps() throws Exception {
    return count(
        "outbox WHERE aggregateid = '%s' AND topic = 'tenant.lifecycle' AND type LIKE '%%rejected%%'");
  }

  private long count(String from) throws Exception {
    return Long.parseLong(Sql.one(dataSource, "SELECT count(*) FROM " + from.formatted(tenant)));
  }

  /** One that has a fault. */
  private static final class Broken extends Decoder {

    Broken() {
      super(Map.of());
    }

    @Override
    public Incoming decode(RawRecord raw) {
      throw new IllegalStateException("a secret of " + new String(raw.value(), UTF_8));
    }
  }
}
