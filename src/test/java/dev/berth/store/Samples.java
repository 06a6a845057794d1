package dev.berth.store;

import dev.berth.store.tenants.Outlook;
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
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tenants as they come into the store. */
public final class Samples {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00.123456789Z");

  /** Nobody looks at a tenant with it but the tests. */
  public static final Outlook OUTLOOK = new Outlook("guarantees", "everything");

  private Samples() {}

  public static Tenant tenant(String id) {
    return tenant(id, new PlanVersion("team", 2));
  }

  public static Tenant tenant(String id, PlanVersion plan) {
    TenantId tenant = new TenantId(id);
    Condition accepted = condition(ConditionType.Accepted, Reason.Accepted);
    return new Tenant(
        tenant,
        new Tenant.Life(1, List.of(namespace(tenant, ""), namespace(tenant, "jobs"))),
        new Tenant.Revision(1, new Cause("correlation", "event-1", null)),
        new Desired(Desired.Mode.ACTIVE, 3, spec(), plan, null),
        Status.NONE.with(accepted).with(new Sandboxes(8, null)).announcedAfter(Status.NONE, TIME));
  }

  public static Tenant ready(Tenant tenant) {
    Condition ready = condition(ConditionType.Ready, Reason.Provisioned);
    return tenant.with(tenant.status().with(ready).announcedAfter(tenant.status(), TIME));
  }

  public static Tenant raised(Tenant tenant) {
    return tenant.revised(tenant.desired(), tenant.cause());
  }

  public static TenantNamespace namespace(TenantId tenant, String name) {
    return new TenantNamespace(name, tenant.namespace(name), UUID.randomUUID(), null);
  }

  private static Condition condition(ConditionType type, Reason reason) {
    return new Condition(type, Condition.Truth.True, reason, "as it should be", 3, TIME);
  }

  private static TenantSpec spec() {
    return new TenantSpec(
        3,
        new PlanRef("team", null),
        "Acme \"GmbH\" ☂",
        List.of(new Subject(Subject.SubjectKind.Group, "5b1c", null)),
        List.of(new Subject(Subject.SubjectKind.ServiceAccount, "bot", "tenant-acme")),
        Map.of("cost-center", "4711"),
        8,
        null,
        "{ \"generation\": 3,   \"plan\":\"team\" }");
  }
}
