package dev.berth.event.outgoing;

import static dev.berth.event.Records.good;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.event.ContractTest;
import dev.berth.event.RawRecord;
import dev.berth.event.Records;
import dev.berth.event.incoming.DataSchemas;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.event.incoming.StrictJson;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusEventsTest {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final StatusEvents events = new StatusEvents("local", () -> ID);
  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  @Test
  void theDataOfAReadyTenantAreThePublishedExample() throws Exception {
    byte[] data = events.data(ready(), Reason.Provisioned, "2 namespaces ready");

    assertThat(new String(data, UTF_8)).isEqualTo(compact(StatusEvents.STATE, "ok-ready"));
  }

  @Test
  void theDataOfATenantThatNeverWasOneAreThePublishedExample() throws Exception {
    Conditions rejected =
        Conditions.NONE.with(
            condition(ConditionType.Accepted, Condition.Truth.False, Reason.InvalidData));
    Tenant tenant =
        new Tenant(
            new TenantId("acme"),
            new Tenant.Life(0, List.of()),
            new Tenant.Revision(0, null),
            new Desired(Desired.Mode.ACTIVE, 0, null, null, null),
            Status.NONE.with(rejected).announcedAfter(Status.NONE, TIME));

    byte[] data = events.data(tenant, Reason.InvalidData, "/generation must be an integer");

    assertThat(new String(data, UTF_8)).isEqualTo(compact(StatusEvents.STATE, "ok-rejected"));
  }

  @Test
  void askedIsWhatIsGrantedWhereTheEventAskedForNothing() throws Exception {
    byte[] data = events.data(tenant(null), Reason.Provisioned, "");

    assertThat(StrictJson.parse(new String(data, UTF_8)).get("sandboxes").toString())
        .isEqualTo("{\"asked\":5,\"granted\":5}");
  }

  @Test
  void aStepIsACloudEventOfBinaryMode() {
    byte[] data = events.data(ready(), Reason.Provisioned, "2 namespaces ready");

    OutgoingEvent step =
        events.step(StepType.PROVISIONED, ready(), data, new Cause("op-7", "id-1", TRACE), TIME);

    assertThat(step.id()).isEqualTo(ID);
    assertThat(step.key()).isEqualTo("acme");
    assertThat(step.payload()).isEqualTo(data);
    assertThat(step.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("ce_specversion", "1.0"),
                Map.entry("ce_id", ID.toString()),
                Map.entry("ce_source", "/berth/local"),
                Map.entry("ce_type", "dev.berth.tenant.provisioned.v1"),
                Map.entry("ce_subject", "acme"),
                Map.entry("ce_time", "2026-11-24T18:00:00Z"),
                Map.entry("ce_partitionkey", "acme"),
                Map.entry("ce_correlationid", "op-7"),
                Map.entry("ce_causationid", "id-1"),
                Map.entry("ce_traceparent", TRACE),
                Map.entry("traceparent", TRACE),
                Map.entry("content-type", "application/json")));
    CloudEvent event = bySdk(step);
    assertThat(event.getSubject()).isEqualTo("acme");
    assertThat(event.getTime().toInstant()).isEqualTo(TIME);
    assertThat(event.getData().toBytes()).isEqualTo(data);
  }

  @Test
  void aStateHasItsOwnTypeAndTheDataOfItsStep() {
    byte[] data = events.data(ready(), Reason.Provisioned, "2 namespaces ready");

    OutgoingEvent state = events.state(ready(), data, new Cause("id-1", "id-1", null), TIME);

    assertThat(state.type()).isEqualTo("dev.berth.tenant.state.v1");
    assertThat(state.key()).isEqualTo("acme");
    assertThat(state.payload()).isEqualTo(data);
    assertThat(state.headers()).doesNotContainKeys("traceparent", "ce_traceparent");
  }

  @Test
  void aRejectedEventIsReportedWithAllItsFaultsAsInThePublishedExample() throws Exception {
    Records record = good().replacing("3,", "0,").header("ce_correlationid", "op-7");
    Invalid rejected = (Invalid) decoder.decode(record.raw());

    OutgoingEvent event =
        events.refused(record.raw(), rejected.envelope().claims(), rejected.refusal(), TIME);

    assertThat(new String(event.payload(), UTF_8))
        .isEqualTo(compact(StatusEvents.REFUSED, "ok-rejected"));
    assertThat(event.key()).isEqualTo("acme");
    assertThat(event.headers())
        .containsEntry("ce_subject", "acme")
        .containsEntry("ce_causationid", "id-1");
    assertThat(bySdk(event).getType()).isEqualTo("dev.berth.record.refused.v1");
  }

  @Test
  void aRecordThatClaimsNothingIsKnownByItsHash() throws Exception {
    RawRecord raw = good().without("ce_subject").without("ce_id").key(null).raw();
    Refused refused = (Refused) decoder.decode(raw);

    OutgoingEvent event = events.refused(raw, refused.claims(), refused.refusal(), TIME);

    String hash = refused.claims().sha256();
    assertThat(event.key()).isEqualTo(hash);
    assertThat(event.headers())
        .containsEntry("ce_subject", hash)
        .containsEntry("ce_causationid", hash)
        .containsEntry("ce_partitionkey", hash);
    assertThat(StrictJson.parse(new String(event.payload(), UTF_8)).get("claimedId").isNull())
        .isTrue();
  }

  @Test
  void whatAForgerWritesDoesNotReachALogUnescaped() throws Exception {
    RawRecord raw =
        good().set("ce_id", "\u001b[2J\r\nx").set("ce_type", "t".repeat(2000)).key("\u0007k").raw();
    Refused refused = (Refused) decoder.decode(raw);

    OutgoingEvent event = events.refused(raw, refused.claims(), refused.refusal(), TIME);

    assertThat(refused.refusal().reason()).isEqualTo(Reason.NotCloudEvent);
    assertThat(refused.claims().id()).isEqualTo("\uFFFD[2J\uFFFD\uFFFDx");
    assertThat(refused.claims().type()).hasSize(512);
    assertThat(event.headers().values())
        .noneMatch(it -> it.chars().anyMatch(Character::isISOControl));
    var schemas = new DataSchemas(Stream.of(StatusEvents.REFUSED));
    assertThat(
            schemas.faults(
                StatusEvents.REFUSED, StrictJson.parse(new String(event.payload(), UTF_8))))
        .isEmpty();
  }

  private static String compact(String type, String example) throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    return mapper.writeValueAsString(mapper.readTree(ContractTest.example(type, example)));
  }

  private static CloudEvent bySdk(OutgoingEvent event) {
    RecordHeaders headers = new RecordHeaders();
    event.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
    return KafkaMessageFactory.createReader(headers, event.payload()).toEvent();
  }

  private static Tenant ready() {
    return tenant(8);
  }

  private static Tenant tenant(@Nullable Integer sandboxes) {
    TenantId id = new TenantId("acme");
    TenantSpec spec =
        new TenantSpec(
            3,
            new PlanRef("team", null),
            "Acme GmbH",
            List.of(),
            List.of(),
            Map.of(),
            sandboxes,
            null,
            "{}");
    int granted = sandboxes == null ? 5 : sandboxes;
    Conditions conditions =
        Conditions.NONE
            .with(condition(ConditionType.Ready, Condition.Truth.True, Reason.Provisioned))
            .with(condition(ConditionType.Accepted, Condition.Truth.True, Reason.Accepted))
            .with(condition(ConditionType.RuntimeEnforced, Condition.Truth.True, Reason.Verified));
    PlanVersion plan = new PlanVersion("team", 2);
    return new Tenant(
        id,
        new Tenant.Life(
            1,
            List.of(
                new TenantNamespace("jobs", "tenant-acme--jobs", ID, null),
                new TenantNamespace(
                    "", "tenant-acme", ID, "6a1f0c52-9d0e-4a53-8f3a-2f1a5b1c7d11"))),
        new Tenant.Revision(4, new Cause("id-1", "id-1", null)),
        new Desired(Desired.Mode.ACTIVE, 3, spec, plan, null),
        new Status(
            conditions,
            new Status.LastStep(7, Phase.PROVISIONING, TIME),
            new Status.Footing(3, plan, List.of()),
            new Sandboxes(granted, null),
            new Status.Retry(0, null)));
  }

  private static Condition condition(ConditionType type, Condition.Truth status, Reason reason) {
    return new Condition(type, status, reason, reason.name(), 3, TIME);
  }
}
