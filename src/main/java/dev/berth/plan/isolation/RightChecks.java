package dev.berth.plan.isolation;

import dev.berth.plan.Plan;
import dev.berth.plan.isolation.IsolationCheck.Right;
import dev.berth.tenant.Subject;
import java.util.List;
import java.util.Set;

/** What is asked about the rights of a tenant's people. Pure. */
final class RightChecks {

  private final Plan plan;
  private final Set<Subject> askedEverything;
  private final List<IsolationCheck> checks;

  /**
   * @param askedEverything of the others a few rights are asked
   * @param checks to which they are added
   */
  RightChecks(Plan plan, Set<Subject> askedEverything, List<IsolationCheck> checks) {
    this.plan = plan;
    this.askedEverything = askedEverything;
    this.checks = checks;
  }

  void owner(Subject owner, String namespace) {
    if (!askedEverything.contains(owner)) {
      ask(namespace, owner, List.of(Representatives.FIRST_OF_OWNERS), true);
      ask(namespace, owner, List.of(Representatives.MORE_RIGHTS), false);
      return;
    }
    ask(namespace, owner, TenantRights.NEEDED_BY_OWNERS, true);
    closed(namespace, owner, TenantRights.closedIn(namespace));
    boolean debug = plan.access().ephemeralContainers();
    ask(namespace, owner, List.of(TenantRights.DEBUG), debug);
  }

  void viewer(Subject viewer, String namespace) {
    if (!askedEverything.contains(viewer)) {
      ask(namespace, viewer, List.of(Representatives.FIRST_OF_VIEWERS), true);
      ask(
          namespace,
          viewer,
          List.of(Representatives.READ_SECRETS, Representatives.MORE_RIGHTS),
          false);
      return;
    }
    ask(namespace, viewer, TenantRights.NEEDED_BY_VIEWERS, true);
    ask(namespace, viewer, TenantRights.CLOSED_TO_VIEWERS, false);
    closed(namespace, viewer, TenantRights.closedIn(namespace));
    ask(namespace, viewer, List.of(TenantRights.DEBUG), false);
  }

  void outside(Subject subject) {
    if (!askedEverything.contains(subject)) {
      ask("", subject, Representatives.WORST_IN_THE_CLUSTER, false);
      return;
    }
    IsolationChecks.OF_THE_CLUSTER.forEach(
        namespace -> ask(namespace, subject, TenantRights.CLOSED_ELSEWHERE, false));
    closed("", subject, TenantRights.CLOSED_IN_THE_CLUSTER);
  }

  /** To everybody: neither for themselves nor in the name of somebody else. */
  private void closed(String namespace, Subject who, List<Permission> permissions) {
    ask(namespace, who, permissions, false);
    ask(namespace, who, TenantRights.AS_SOMEBODY_ELSE, false);
  }

  private void ask(String namespace, Subject who, List<Permission> permissions, boolean allowed) {
    permissions.forEach(p -> checks.add(new Right(namespace, who, p, allowed)));
  }
}
