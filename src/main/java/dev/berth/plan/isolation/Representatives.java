package dev.berth.plan.isolation;

import dev.berth.plan.Plan;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked everything: one of each kind, and everybody to whom a binding gives something that
 * the others do not have. RBAC gives the rest of them exactly what it gives to the one. Pure.
 *
 * @param owners whose rights those of the role for owners are
 * @param viewers the same for viewers
 * @param debuggers who may put containers into running pods as well
 * @param namespaces of the tenant
 */
record Representatives(
    Set<Subject> owners, Set<Subject> viewers, Set<Subject> debuggers, Set<String> namespaces) {

  /** Whoever has it has the role. */
  static final Permission FIRST_OF_OWNERS = Permission.to("create", "pods");

  static final Permission FIRST_OF_VIEWERS = Permission.to("list", "pods");

  static final Permission READ_SECRETS = Permission.to("list", "secrets");

  /** Whoever has it can have all the others. */
  static final Permission MORE_RIGHTS =
      Permission.to("create", "rolebindings", "rbac.authorization.k8s.io");

  /**
   * Of everybody, whatever RBAC says: what an authorizer of the cloud would give to one person
   * alone.
   */
  static final List<Permission> WORST_IN_THE_CLUSTER =
      List.of(
          Permission.to("*", "*", "*"),
          READ_SECRETS,
          Permission.to("create", "pods"),
          Permission.to("impersonate", "users"));

  /** Subjects of one kind are in the same groups; accounts, if they are of one namespace. */
  private record Likeness(Subject.SubjectKind kind, String namespace) {
    static Likeness of(Subject subject) {
      return new Likeness(subject.kind(), subject.namespace() == null ? "" : subject.namespace());
    }
  }

  static Set<String> namespaces(TenantId tenant, Plan plan) {
    return plan.namespaces().stream()
        .map(space -> tenant.namespace(space.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Everybody where the bindings are not known. */
  Set<Subject> among(@Nullable List<RoleGrant> grants) {
    if (grants == null) {
      Set<Subject> everybody = new HashSet<>(owners);
      everybody.addAll(viewers);
      return everybody;
    }
    Set<Subject> all = new HashSet<>(firstOfEachKind(owners));
    all.addAll(firstOfEachKind(viewers));
    Set<String> favoured = new HashSet<>();
    grants.forEach(grant ->
        grant.subjects().stream()
            .filter(subject -> !hasAnyway(subject, grant))
            .forEach(subject -> favoured.add(identity(subject))));
    owners.stream().filter(s -> favoured.contains(identity(s))).forEach(all::add);
    viewers.stream().filter(s -> favoured.contains(identity(s))).forEach(all::add);
    return all;
  }

  private static Set<Subject> firstOfEachKind(Collection<Subject> subjects) {
    Set<Likeness> seen = new HashSet<>();
    Set<Subject> first = new HashSet<>();
    subjects.stream().filter(subject -> seen.add(Likeness.of(subject))).forEach(first::add);
    return first;
  }

  /** Berth's own bindings give it, or would. */
  private boolean hasAnyway(Subject subject, RoleGrant grant) {
    if (!namespaces.contains(grant.namespace())) {
      return false;
    }
    return switch (grant.role()) {
      case "ClusterRole " + Plan.Access.OWNER -> owners.contains(subject);
      case "ClusterRole " + Plan.Access.VIEWER ->
          owners.contains(subject) || viewers.contains(subject);
      case "ClusterRole " + Plan.Access.DEBUG -> debuggers.contains(subject);
      default -> false;
    };
  }

  /** As RBAC compares them: an account may be bound as a user too. */
  private static String identity(Subject subject) {
    return switch (subject.kind()) {
      case Group -> "Group " + subject.name();
      case User -> "User " + subject.name();
      case ServiceAccount ->
          "User system:serviceaccount:%s:%s".formatted(subject.namespace(), subject.name());
    };
  }
}
