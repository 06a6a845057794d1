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
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Objects come to be as described, and come back to it whatever others did. */
class WritesIT {

  private final Hands intruder = Cluster.intruder();
  private final SomeTenant tenant = SomeTenant.fresh();

  @Test
  void everythingIsReadBackFromTheAnswerAndASecondTimeNothingIsWritten() {
    for (Resource resource : tenant.everything()) {
      Outcome outcome = does(apply(resource), tenant);

      assertThat(outcome).isEqualTo(new Outcome.Done(tenant.uidOf(intruder, resource)));
    }
    List<String> versions = versions();

    for (Resource resource : tenant.everything()) {
      assertThat(does(apply(resource), tenant)).isInstanceOf(Outcome.Done.class);
      assertThat(does(apply(resource, tenant.uidOf(intruder, resource)), tenant))
          .isInstanceOf(Outcome.Done.class);
    }
    assertThat(versions()).as("nothing was written").isEqualTo(versions);
  }

  @Test
  void aPolicyWithRangesOfTheClusterAndDnsCachesComesBackAsItWasSent() {
    onboard(tenant);
    Resource.NetworkPolicy policy = tenant.isolationBesideTheCluster();

    assertThat(does(apply(policy), tenant)).isInstanceOf(Outcome.Done.class);

    JsonNode live = intruder.get(ApiPath.object(policy.key())).body();
    assertThat(live.path("spec"))
        .isEqualTo(Manifests.manifest(policy, tenant.assignment()).path("spec"));
    assertThat(live.at("/spec/egress/1/to/1/ipBlock/cidr").asText()).isEqualTo("169.254.20.10/32");
    assertThat(live.at("/spec/egress/2/to/0/ipBlock/except").toString()).contains("20.30.0.0/16");
  }

  @Test
  void anIntrudersRulesAreTakenBack() {
    onboard(tenant);
    does(apply(tenant.closedIsolation()), tenant);
    String path = ApiPath.object(tenant.isolation().key());
    intruder.patch(path, "{'spec': {'egress': [{}], 'ingress': [{}]}}");

    assertThat(does(apply(tenant.closedIsolation()), tenant)).isInstanceOf(Outcome.Done.class);

    JsonNode spec = intruder.get(path).body().path("spec");
    assertThat(spec.path("egress")).hasSize(1);
    assertThat(spec.path("egress").get(0).path("to")).hasSize(1);
    assertThat(spec.path("ingress").get(0).path("from")).hasSize(1);
  }

  @Test
  void aSelectorWidenedToAllNamespacesIsTakenBack() {
    onboard(tenant);
    String path = ApiPath.object(tenant.isolation().key());
    JsonNode before = intruder.get(path).body().path("spec");
    intruder.patch(
        path, "{'spec': {'ingress': [{'from': [{'podSelector': {}, 'namespaceSelector': {}}]}]}}");

    does(apply(tenant.isolation()), tenant);

    assertThat(intruder.get(path).body().path("spec")).isEqualTo(before);
  }

  @Test
  void subjectsThatWereTakenOutOrAddedByOthersAreGone() {
    onboard(tenant);
    String path = ApiPath.object(tenant.owners().key());
    intruder.patch(path, "{'subjects': [{'kind': 'User', 'name': 'intruder'}]}");

    does(apply(tenant.owners("developers", "operators")), tenant);
    assertThat(names(path)).containsExactly("developers", "operators");

    does(apply(tenant.owners("operators")), tenant);
    assertThat(names(path)).containsExactly("operators");

    does(apply(tenant.owners()), tenant);
    assertThat(names(path)).isEmpty();
  }

  @Test
  void quotaKeysThatThePlanNoLongerHasAreGone() {
    onboard(tenant);
    String path = ApiPath.object(tenant.noPods().key());
    intruder.patch(path, "{'spec': {'hard': {'services': '7'}}}");

    does(apply(tenant.noPods()), tenant);

    assertThat(intruder.get(path).body().at("/spec/hard")).isEqualTo(Hands.json("{'pods': '0'}"));
  }

  @Test
  void labelsThatAreNoLongerWantedAreGoneAndForeignOnesStay() {
    does(
        apply(tenant.itself(Map.of("labels.berth.dev/cost-center", "4711", "team.io/a", "b"))),
        tenant);
    intruder.patch(
        tenant.path(),
        """
        {'metadata': {'labels': {'foreign': 'stays', 'berth.dev/isolation': 'shared',
         'labels.berth.dev/planted': 'x', 'pod-security.kubernetes.io/warn': 'privileged'}}}\
        """);

    assertThat(does(apply(tenant.itself()), tenant)).isInstanceOf(Outcome.Done.class);

    assertThat(fields(intruder.get(tenant.path()).body().at("/metadata/labels")))
        .containsExactlyInAnyOrder(
            "berth.dev/tenant=" + tenant.id(),
            "berth.dev/namespace=default",
            "berth.dev/isolation=sandboxed",
            "berth.dev/runtime-class=kata-vm-isolation",
            "pod-security.kubernetes.io/enforce=restricted",
            "kubernetes.io/metadata.name=" + tenant.namespace(),
            "foreign=stays");
  }

  @Test
  void aBindingToAnotherRoleIsEmptiedAndReported() {
    onboard(tenant);

    Outcome outcome = does(apply(tenant.binding("berth-tenant-viewer", "developers")), tenant);

    assertRejected(outcome, Reason.ApiInvalid);
    assertThat(names(ApiPath.object(tenant.owners().key()))).isEmpty();
  }

  @Test
  void aClaimThatCountsNoMoreLetsNobodyIn() {
    onboard(tenant);
    String path = ApiPath.object(tenant.owners().key());
    does(apply(tenant.owners()), tenant);

    assertRetries(
        does(apply(tenant.owners("developers")), tenant, () -> false), Reason.ApiConflict);
    assertThat(names(path)).as("closed by a later claim").isEmpty();

    intruder.delete(path, tenant.uidOf(intruder, tenant.owners()));
    assertRetries(
        does(apply(tenant.owners("developers")), tenant, () -> false), Reason.ApiConflict);
    assertThat(intruder.get(path).isAbsent()).as("never there").isTrue();
  }

  @Test
  void aClaimThatCountsNoMoreStillTakesPeopleOut() {
    onboard(tenant);

    assertThat(does(apply(tenant.owners()), tenant, () -> false)).isInstanceOf(Outcome.Done.class);

    assertThat(names(ApiPath.object(tenant.owners().key()))).isEmpty();
  }

  @Test
  void whatAFreezeTakesAwayJustBeforeTheWriteStaysAway() {
    onboard(tenant);
    AtomicInteger asked = new AtomicInteger();

    Outcome outcome =
        does(
            apply(tenant.owners("developers", "operators")),
            tenant,
            () -> {
              does(apply(tenant.owners()), tenant);
              return asked.incrementAndGet() == 1;
            });

    assertRetries(outcome, Reason.ApiConflict);
    assertThat(asked).hasValue(2);
    assertThat(names(ApiPath.object(tenant.owners().key()))).isEmpty();
  }

  @Test
  void quantitiesInOtherWordsAreNoDifference() {
    does(apply(tenant.itself()), tenant);
    Resource quota =
        new Resource.ResourceQuota(
            tenant.namespace(),
            Map.of("limits.cpu", "1000m", "limits.memory", "1024Mi", "pods", "5.0"));
    does(apply(quota), tenant);
    await()
        .until(() -> does(tenant.verify(new Proof.QuotaBinds()), tenant) instanceof Outcome.Done);
    String version = intruder.get(ApiPath.object(quota.key())).object().resourceVersion();

    assertThat(does(apply(quota), tenant)).isInstanceOf(Outcome.Done.class);
    assertThat(intruder.get(ApiPath.object(quota.key())).object().resourceVersion())
        .isEqualTo(version);
  }

  private List<String> versions() {
    return tenant.everything().stream()
        .filter(resource -> resource.key().kind() != Resource.Kind.ResourceQuota)
        .map(resource -> intruder.get(ApiPath.object(resource.key())).object().resourceVersion())
        .toList();
  }

  private static List<String> fields(JsonNode object) {
    return object.properties().stream()
        .map(field -> field.getKey() + "=" + field.getValue().asText())
        .toList();
  }
}
