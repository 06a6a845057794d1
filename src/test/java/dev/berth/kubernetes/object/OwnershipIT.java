package dev.berth.kubernetes.object;

import static dev.berth.kubernetes.Cluster.assertRejected;
import static dev.berth.kubernetes.Cluster.assertRetries;
import static dev.berth.kubernetes.Cluster.does;
import static dev.berth.kubernetes.Cluster.names;
import static dev.berth.kubernetes.Cluster.onboard;
import static dev.berth.kubernetes.SomeTenant.apply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.Cluster;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.provisioning.Assignment;
import dev.berth.tenant.condition.Reason;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is not the tenant's is left alone, and what the server refuses is told. */
class OwnershipIT {

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();

  @Test
  void aForeignNamespaceOfThatNameIsNeverTouched() {
    intruder.post(
        "/api/v1/namespaces",
        "{'metadata': {'name': '%s', 'labels': {'berth.dev/tenant': '%s'}}}"
            .formatted(tenant.namespace(), tenant.id()));
    JsonNode before = intruder.get(tenant.path()).body();

    Outcome outcome = does(apply(tenant.itself()), tenant);

    assertRejected(outcome, Reason.NameTaken);
    assertThat(intruder.get(tenant.path()).body()).isEqualTo(before);
  }

  @Test
  void aNamespaceOfAnEarlierLifeIsForeign() {
    does(apply(tenant.itself()), tenant);

    Outcome outcome = does(apply(tenant.itself()), tenant.withProvisioningId(UUID.randomUUID()));

    assertRejected(outcome, Reason.NameTaken);
  }

  @Test
  void aForeignChildIsNeverTouched() {
    does(apply(tenant.itself()), tenant);
    intruder.post(
        ApiPath.collection(tenant.isolation().key()),
        "{'metadata': {'name': 'isolation'}, 'spec': {'podSelector': {}, 'egress': [{}]}}");

    assertRejected(does(apply(tenant.isolation()), tenant), Reason.NameTaken);
  }

  @Test
  void aNamespaceOnItsWayOutIsLostAndAnotherOneWaitedFor() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    String held = tenant.path() + "/configmaps";
    intruder.post(held, "{'metadata': {'name': 'held', 'finalizers': ['ex.io/stay']}}");
    intruder.delete(tenant.path(), made.uid());

    assertRejected(does(apply(tenant.itself(), made.uid()), tenant), Reason.NamespaceLost);
    assertThat(does(apply(tenant.itself()), tenant))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            o -> assertThat(o.reason()).isEqualTo(Reason.NamespaceTerminating));
    assertThat(does(apply(tenant.quota("1")), tenant))
        .isInstanceOfSatisfying(
            Outcome.InProgress.class,
            o -> assertThat(o.reason()).isEqualTo(Reason.NamespaceTerminating));
    intruder.patch(held + "/held", "{'metadata': {'finalizers': null}}");
    await().until(() -> intruder.get(tenant.path()).isAbsent());
    assertRejected(does(apply(tenant.itself(), made.uid()), tenant), Reason.NamespaceLost);

    assertThat(does(apply(tenant.itself()), tenant)).isInstanceOf(Outcome.Done.class);
    assertRejected(does(apply(tenant.itself(), made.uid()), tenant), Reason.NamespaceLost);
  }

  @Test
  void anOwnNamespaceIsKnownByItsUidEvenWithoutItsLabels() {
    Outcome.Done made = (Outcome.Done) does(apply(tenant.itself()), tenant);
    intruder.patch(tenant.path(), "{'metadata': {'labels': null, 'annotations': null}}");

    assertThat(does(apply(tenant.itself(), made.uid()), tenant)).isEqualTo(made);
    assertThat(intruder.get(tenant.path()).object().label(Ownership.TENANT))
        .isEqualTo(tenant.id().value());
  }

  @Test
  void anOlderGenerationNeverOverwritesANewerOne() {
    onboard(tenant);
    does(apply(tenant.owners("new")), tenant.ofGeneration(4));

    assertRetries(does(apply(tenant.owners("old")), tenant), Reason.ApiConflict);

    assertThat(names(ApiPath.object(tenant.owners().key()))).containsExactly("new");
  }

  @Test
  void aDeletedChildIsMadeAnew() {
    onboard(tenant);
    String uid = tenant.uidOf(intruder, tenant.limits());
    intruder.delete(ApiPath.object(tenant.limits().key()), uid);

    assertThat(does(apply(tenant.limits(), uid), tenant))
        .isInstanceOfSatisfying(
            Outcome.Done.class, done -> assertThat(done.uid()).isNotEqualTo(uid).isNotEmpty());
  }

  @Test
  void theAccountIsBerthsWhoeverMadeIt() {
    does(apply(tenant.itself()), tenant);
    String path = ApiPath.object(tenant.account().key());
    await().until(() -> intruder.get(path).isOk());

    assertThat(does(apply(tenant.account()), tenant)).isInstanceOf(Outcome.Done.class);
    assertThat(intruder.get(path).body().path("automountServiceAccountToken").asText())
        .isEqualTo("false");
  }

  @Test
  void aRoleThatIsNotShippedIsRefusedByTheClusterItself() {
    onboard(tenant);
    Resource admin =
        new Resource.RoleBinding(
            tenant.namespace(), "berth-viewer", "cluster-admin", tenant.owners("x").subjects());

    assertRejected(does(apply(admin), tenant), Reason.ApiForbidden);
  }

  @Test
  void aQuotaThatTheServerCannotReadIsRejected() {
    does(apply(tenant.itself()), tenant);
    Resource negative = new Resource.ResourceQuota(tenant.namespace(), Map.of("pods", "-1"));

    assertRejected(does(apply(negative), tenant), Reason.ApiInvalid);
  }

  @Test
  void nothingIsSentAfterTheDeadline() {
    var late =
        new Assignment(
            tenant.assignment().owner(), SomeTenant.INSTALLATION, Clock.systemUTC().instant());

    assertRetries(Cluster.target().execute(apply(tenant.itself()), late), Reason.ApiTimeout);
    assertThat(intruder.get(tenant.path()).isAbsent()).isTrue();
  }
}
