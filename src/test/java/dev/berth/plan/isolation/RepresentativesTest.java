package dev.berth.plan.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Plan;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Subject.SubjectKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nobody who has more than the others is taken for one of them. */
class RepresentativesTest {

  private static final String OWNER = "ClusterRole " + Plan.Access.OWNER;
  private static final String VIEWER = "ClusterRole " + Plan.Access.VIEWER;
  private static final String DEBUG = "ClusterRole " + Plan.Access.DEBUG;

  private final Set<Subject> owners = users("owner");
  private final Set<Subject> viewers = users("viewer");
  private final RoleGrant ownersOfAcme = new RoleGrant("tenant-acme", OWNER, List.copyOf(owners));
  private final RoleGrant viewersOfAcme =
      new RoleGrant("tenant-acme", VIEWER, List.copyOf(viewers));

  @Test
  void oneOfEachKindStandsForThoseWithTheSameBindings() {
    Subject ci = account("tenant-acme", "ci");
    Subject group = new Subject(SubjectKind.Group, "ops", null);
    owners.addAll(List.of(group, ci, account("tenant-acme", "cd"), account("other", "ci")));

    assertThat(among(ownersOfAcme, viewersOfAcme))
        .containsExactlyInAnyOrder(
            user("owner0"), group, ci, account("other", "ci"), user("viewer0"));
  }

  @Test
  void whoHasMoreThanTheOthersIsAskedEverything() {
    assertThat(among(new RoleGrant("", "ClusterRole view", List.of(user("owner7")))))
        .contains(user("owner7"));
    assertThat(among(new RoleGrant("kube-system", OWNER, List.of(user("owner7")))))
        .contains(user("owner7"));
    assertThat(
            among(
                new RoleGrant("tenant-acme", "Role " + Plan.Access.OWNER, List.of(user("owner7")))))
        .contains(user("owner7"));
    assertThat(among(new RoleGrant("tenant-acme", OWNER, List.of(user("viewer7")))))
        .contains(user("viewer7"));
    assertThat(among(new RoleGrant("tenant-acme", DEBUG, List.of(user("owner7")))))
        .contains(user("owner7"));
  }

  @Test
  void whatEverybodyOfTheRoleHasIsNoMore() {
    assertThat(
            among(
                ownersOfAcme,
                new RoleGrant("tenant-acme", OWNER, List.of(user("owner7"))),
                new RoleGrant("tenant-acme", VIEWER, List.of(user("owner7"), user("viewer7"))),
                new RoleGrant("", "ClusterRole cluster-admin", List.of(user("somebody")))))
        .containsExactlyInAnyOrder(user("owner0"), user("viewer0"));
  }

  @Test
  void anAccountMayBeBoundAsAUser() {
    viewers.addAll(List.of(account("tenant-acme", "ci"), account("tenant-acme", "cd")));

    assertThat(
            among(
                new RoleGrant(
                    "", "ClusterRole edit", List.of(user("system:serviceaccount:tenant-acme:cd")))))
        .contains(account("tenant-acme", "cd"));
  }

  private Set<Subject> among(RoleGrant... grants) {
    return new Representatives(owners, viewers, Set.of(), Set.of("tenant-acme"))
        .among(List.of(grants));
  }

  private static Set<Subject> users(String name) {
    Set<Subject> users = new LinkedHashSet<>();
    IntStream.range(0, 10).forEach(i -> users.add(user(name + i)));
    return users;
  }

  private static Subject user(String name) {
    return new Subject(SubjectKind.User, name, null);
  }

  private static Subject account(String namespace, String name) {
    return new Subject(SubjectKind.ServiceAccount, name, namespace);
  }
}
