package dev.berth.plan.capacity;

import dev.berth.plan.ClusterOffer;
import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.Work.Finding;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the plan gives of what the tenant asks for, and whether anything can be started with it. */
public final class Allotment {

  private Allotment() {}

  public static List<Finding> of(Plan plan, TenantSpec spec, int granted, ClusterOffer offer) {
    List<Finding> findings = new ArrayList<>(lacking(plan, offer));
    findings.add(
        new Finding(ConditionType.PlacementReady, Reason.Placed, placed(plan, spec, granted)));
    if (plan.isolation() == Plan.Isolation.SANDBOXED
        && plan.sandbox().memory() < Budget.LEAST_MEMORY) {
      findings.add(
          tooSmall(
              "a sandbox of plan %s has %s memory and needs at least %s to start; release a version with more"
                  .formatted(
                      plan.id(),
                      Quantity.bytes(plan.sandbox().memory()),
                      Quantity.bytes(Budget.LEAST_MEMORY))));
    }
    int namespaces = plan.namespaces().size();
    if (granted < namespaces) {
      findings.add(
          tooSmall(
              "plan %s has %d namespaces with at least one sandbox each, and gives %d: %d < %d; ask for more sandboxes"
                  .formatted(plan.id(), namespaces, granted, granted, namespaces)));
    }
    return findings;
  }

  /** What the plan lets tenants name and the cluster has not: they could not use it. */
  private static List<Finding> lacking(Plan plan, ClusterOffer offer) {
    List<Finding> findings = new ArrayList<>();
    Set<String> priorities = offer.priorityClasses().lacking(plan.rules().pods().priorityClasses());
    if (!priorities.isEmpty()) {
      findings.add(lacking(Reason.PriorityClassMissing, plan, "priorityClasses", priorities));
    }
    Set<String> storage = offer.storageClasses().lacking(plan.storage().classes());
    if (!storage.isEmpty()) {
      findings.add(lacking(Reason.StorageClassMissing, plan, "storage.classes", storage));
    }
    Set<String> resources = offer.resources().lacking(plan.amounts().givenResources());
    if (!resources.isEmpty()) {
      findings.add(lacking(Reason.ResourceMissing, plan, "resources", resources));
    }
    return findings;
  }

  private static Finding lacking(Reason reason, Plan plan, String field, Set<String> names) {
    String lacking = reason == Reason.ResourceMissing ? "no node has" : "the cluster lacks";
    return new Finding(
        ConditionType.PlacementReady,
        reason,
        "%s of plan %s names %s, which %s now, so what asks for it is refused or waits: add it, or release a version without"
            .formatted(field, plan.id(), String.join(", ", names), lacking));
  }

  private static String placed(Plan plan, TenantSpec spec, int granted) {
    Plan.Count count = plan.sandbox().count();
    String asked = spec.sandboxes() == null ? "the default" : "asked " + spec.sandboxes();
    return String.format(
        Locale.ROOT,
        "sandboxes: %d, namespaces: %d (%s, plan %s gives %d to %d)",
        granted,
        plan.namespaces().size(),
        asked,
        plan.id(),
        count.min(),
        count.max());
  }

  private static Finding tooSmall(String message) {
    return new Finding(ConditionType.QuotaReady, Reason.QuotaTooSmall, message);
  }
}
