package dev.berth.event.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.incoming.Incoming.Hints;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Conditions;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import dev.berth.tenant.condition.Refusal.Fault;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** G3: a topic takes 1 MiB unless it is told otherwise, and no event of Berth comes near it. */
class PayloadSizeTest {

  private static final int BOUND = 512 * 1024;
  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00.123456789Z");

  /** JSON writes six bytes for each. */
  private static final String WORST = "\u0001".repeat(2_000_000);

  private final StatusEvents events = new StatusEvents("c".repeat(63));

  @Test
  void theLargestTenantFits() {
    byte[] data = events.data(largest(), Reason.DeletionBlocked, WORST);
    OutgoingEvent state = events.state(largest(), data, new Cause("c", "e", null), TIME);

    assertThat(state.payload()).hasSizeLessThan(BOUND);
  }

  @Test
  void theLargestReportOfARefusedRecordFits() {
    List<Fault> faults =
        Collections.nCopies(10_000, new Fault("/" + WORST, Reason.InvalidData, WORST));
    Hints claims = new Hints("0".repeat(64), null, null, null, null, null);
    RawRecord raw = new RawRecord(new Position("tenant.events", 0, 1), TIME, null, List.of(), null);

    OutgoingEvent report =
        events.refused(raw, claims, new Refusal(Reason.InvalidData, WORST, faults), TIME);

    assertThat(report.payload()).hasSizeLessThan(2 * BOUND);
  }

  private static Tenant largest() {
    TenantId id = new TenantId("t".repeat(40));
    Sandboxes.SandboxSize size =
        new Sandboxes.SandboxSize(
            "r".repeat(253), "9007199254740991Ki", "9007199254740991Ki", 1, 1, 1);
    PlanVersion plan = new PlanVersion("p".repeat(63), Integer.MAX_VALUE);
    TenantSpec spec = largestSpec();
    return new Tenant(
        id,
        new Tenant.Life(
            Integer.MAX_VALUE,
            IntStream.range(0, 5000)
                .mapToObj(i -> "n".repeat(9) + i)
                .map(name ->
                    new TenantNamespace(
                        name, id.namespace(name), UUID.randomUUID(), UUID.randomUUID().toString()))
                .toList()),
        new Tenant.Revision(Long.MAX_VALUE, null),
        new Desired(Desired.Mode.OFFBOARDED, 1L << 53, spec, plan, spec),
        new Status(
            conditions(),
            new Status.LastStep(Long.MAX_VALUE, null, TIME),
            new Status.Footing(1L << 53, plan, List.of()),
            new Sandboxes(1, size),
            new Status.Retry(1, TIME)));
  }

  private static Conditions conditions() {
    return Conditions.of(
        Stream.of(ConditionType.values())
            .map(type ->
                new Condition(
                    type,
                    Condition.Truth.Unknown,
                    Reason.NetworkEngineRequired,
                    WORST,
                    1L << 53,
                    TIME))
            .toList());
  }

  private static TenantSpec largestSpec() {
    List<Subject> owners =
        Collections.nCopies(100, new Subject(Subject.SubjectKind.Group, "g".repeat(256), null));
    return new TenantSpec(
        1L << 53,
        new PlanRef("p".repeat(63), null),
        WORST,
        owners,
        owners,
        Map.of("k", "v".repeat(63)),
        Integer.MAX_VALUE,
        null,
        "{}");
  }
}
