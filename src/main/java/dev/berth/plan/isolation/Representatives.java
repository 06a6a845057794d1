package dev.berth.plan.isolation;

import dev.berth.plan.Plan;
import dev.berth.tenant.Subject;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Subjects of one kind are in the same groups; accounts, if they are of one namespace. */
  private record Kind(Subject.SubjectKind kind, String namespace) {
    static Kind of(Subject subject) {
      return new Kind(subject.kind(), subject.namespace() == null ? "" : subject.namespace());
    }
  }

  Set<Subject> among(List<Grant> grants) {
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
    Set<Kind> seen = new HashSet<>();
    Set<Subject> first = new HashSet<>();
    subjects.stream().filter(subject -> seen.add(Kind.of(subject))).forEach(first::add);
    return first;
  }

  /** Berth's own bindings give it, or would. */
  private boolean hasAnyway(Subject subject, Grant grant) {
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
