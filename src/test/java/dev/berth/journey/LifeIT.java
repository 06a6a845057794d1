package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.journey.stage.AuditLog;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.PlanFolder;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.journey.stage.WokenOnly;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of tenants, from the event that creates them to the namespace that is gone. */
@QuarkusTest
@TestProfile(WokenOnly.class)
class LifeIT {

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final AuditLog audit = Stage.AUDIT;

  @AfterEach
  void nothingIsHeldUp() {
    cluster.mendEverything();
  }

  @Test
  void aCreatedTenantGetsEverythingThatItsPlanPromises() {
    String tenant = Stage.tenant("acme");
    Wish wish = Wish.of("team").owners("acme-ops").viewers("acme-audit", "acme-law").sandboxes(8);
    Sent sent = controlPlane.creates(tenant, wish.labels(Map.of("cost-center", "4711")));

    Message ready = status.awaitReady(tenant, 1);

    assertThat(ready.type()).isEqualTo("provisioned");
    assertThat(ready.headers()).containsEntry("ce_causationid", sent.id());
    assertThat(ready.text("plan")).isEqualTo("team@2");
    JsonNode sandboxes = ready.data().path("sandboxes");
    assertThat(sandboxes.path("asked").asInt()).isEqualTo(8);
    assertThat(sandboxes.path("granted").asInt()).isEqualTo(8);
    assertThat(sandboxes.path("perNode").asInt()).isEqualTo((1 << 30) / 1112);
    assertThat(ready.data().path("namespaces").findValuesAsText("namespace"))
        .containsExactly("tenant-" + tenant, "tenant-" + tenant + "--jobs");
    assertThat(ready.data().path("namespaces").findValuesAsText("uid"))
        .containsExactly(
            cluster.uid("tenant-" + tenant), cluster.uid("tenant-" + tenant + "--jobs"));
    assertThat(ready.condition("RuntimeEnforced").path("status").asText()).isEqualTo("True");
    assertThat(ready.condition("NetworkIsolated").path("status").asText()).isEqualTo("Unknown");
    assertNamespace(tenant, "", "6");
    assertNamespace(tenant, "jobs", "2");
    assertThat(given().get("/api/v1/tenants/" + tenant).jsonPath().getString("phase"))
        .isEqualTo("READY");
    assertThat(status.types(tenant))
        .containsExactly("accepted", "provisioning-started", "provisioned");
    status.assertWholeStory(tenant);
  }

  private void assertNamespace(String tenant, String name, String pods) {
    String namespace = "tenant-" + tenant + (name.isEmpty() ? "" : "--" + name);
    JsonNode live = cluster.namespace(namespace);
    assertThat(strings(live.at("/metadata/labels")))
        .containsEntry("berth.dev/tenant", tenant)
        .containsEntry("berth.dev/namespace", name.isEmpty() ? "default" : name)
        .containsEntry("berth.dev/isolation", "sandboxed")
        .containsEntry("berth.dev/runtime-class", "kata-vm-isolation")
        .containsEntry("labels.berth.dev/cost-center", "4711")
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    assertThat(strings(live.at("/metadata/annotations")))
        .containsEntry("berth.dev/plan", "team@2")
        .containsEntry("berth.dev/generation", "1")
        .containsKeys("berth.dev/provisioning-id", "berth.dev/installation");
    String path = ClusterAdmin.NAMESPACES + namespace;
    assertThat(cluster.get(path + "/serviceaccounts/default").path("automountServiceAccountToken"))
        .isEqualTo(Stage.json("false"));
    JsonNode quota = cluster.get(path + "/resourcequotas/berth");
    assertThat(quota.at("/spec/hard/pods").asText()).isEqualTo(pods);
    assertThat(quota.at("/status/hard")).isEqualTo(quota.at("/spec/hard"));
    cluster.get(path + "/limitranges/berth");
    cluster.get(
        "/apis/networking.k8s.io/v1/namespaces/" + namespace + "/networkpolicies/isolation");
    assertBinding(namespace, "berth-owner", "berth-tenant-admin", "acme-ops");
    assertBinding(namespace, "berth-viewer", "berth-tenant-viewer", "acme-audit", "acme-law");
  }

  @Test
  void theFirstOnboardingOfOneNamespaceCostsEightWritesAndWhatChangesNothingNone() {
    String tenant = Stage.tenant("thrifty");
    Letter letter = Letter.event("created.v1", tenant, Wish.of("starter").noViewers().json());
    Sent first = controlPlane.sends(letter);
    status.awaitReady(tenant, 1);
    List<String> writes = audit.writesFor(tenant);
    assertThat(writes).hasSize(8);
    String viewed = Stage.tenant("viewed");
    controlPlane.creates(viewed, Wish.of("starter").viewers("guests"));
    status.awaitReady(viewed, 1);
    assertThat(audit.writesFor(viewed)).hasSize(9);

    database.awaitAnotherLook(tenant);
    database.awaitAnotherLook(tenant);
    assertOnlyProvenAgain(tenant, writes);
    assertThat(audit.writesFor(tenant)).hasSizeGreaterThanOrEqualTo(writes.size() + 2);

    controlPlane.sends(letter);
    Sent stale = controlPlane.creates(tenant, Wish.of("starter"));
    Sent behind =
        controlPlane.sends(
            Letter.event("created.v1", Stage.tenant("behind"), Wish.of("starter").json())
                .on(first.partition()));
    status.awaitReady(behind.letter().header("ce_subject"), 1);

    assertThat(database.verdict(stale)).isEqualTo("STALE");
    assertOnlyProvenAgain(tenant, writes);
    assertThat(status.types(tenant))
        .containsExactly("accepted", "provisioning-started", "provisioned");
  }

  /** Each look at a settled tenant proves again, and changes nothing. */
  private void assertOnlyProvenAgain(String tenant, List<String> since) {
    List<String> writes = audit.writesFor(tenant);
    assertThat(writes.subList(since.size(), writes.size()))
        .allMatch("create pods  (dry run) 403"::equals);
  }

  @Test
  void anUpdateReachesTheNamespacesAndWhatIsGoneIsGone() {
    String tenant = Stage.tenant("moving");
    String namespace = "tenant-" + tenant;
    Wish wish = Wish.of("starter").owners("old", "stays").viewers("guests").sandboxes(2);
    controlPlane.creates(tenant, wish.labels(Map.of("team", "red", "cost-center", "1")));
    status.awaitReady(tenant, 1);
    String uid = cluster.uid(namespace);

    controlPlane.updates(
        tenant,
        wish.generation(2)
            .owners("stays", "new")
            .noViewers()
            .sandboxes(5)
            .labels(Map.of("team", "blue", "floor", "3")));

    Message ready = status.awaitReady(tenant, 2);
    assertThat(strings(cluster.namespace(namespace).at("/metadata/labels")))
        .containsEntry("labels.berth.dev/team", "blue")
        .containsEntry("labels.berth.dev/floor", "3")
        .doesNotContainKey("labels.berth.dev/cost-center")
        .containsEntry("berth.dev/isolation", "sandboxed");
    assertBinding(namespace, "berth-owner", "berth-tenant-admin", "stays", "new");
    assertThat(cluster.subjects(namespace, "berth-viewer")).isEmpty();
    assertThat(pods(namespace)).isEqualTo("5");
    assertThat(cluster.uid(namespace)).isEqualTo(uid);
    assertThat(ready.data().at("/sandboxes/granted").asInt()).isEqualTo(5);
    status.assertWholeStory(tenant);
  }

  @Test
  void aBadUpdateLeavesTheTenantAsItIs() {
    String tenant = Stage.tenant("steady");
    Wish wish = Wish.of("starter");
    controlPlane.creates(tenant, wish);
    status.awaitReady(tenant, 1);
    List<String> changes = audit.changesFor(tenant);

    Sent bad = controlPlane.updates(tenant, wish.generation(2).sandboxes(6));

    assertThat(status.awaitRefusal(bad).data().path("errors").findValuesAsText("pointer"))
        .containsExactly("/sandboxes");
    Message rejected = status.awaitStep(tenant, "rejected", 1);
    assertThat(rejected.text("reason")).isEqualTo("InvalidData");
    assertThat(rejected.text("phase")).isEqualTo("READY");
    assertThat(rejected.text("plan")).isEqualTo("starter@1");
    assertThat(audit.changesFor(tenant)).isEqualTo(changes);

    controlPlane.updates(tenant, wish.generation(2).sandboxes(5));

    status.awaitReady(tenant, 2);
    assertThat(pods("tenant-" + tenant)).isEqualTo("5");
    status.assertWholeStory(tenant);
  }

  @Test
  void anEventInStructuredModeGoesTheSameWayAndKeepsItsTrace() {
    String tenant = Stage.tenant("structured");
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    controlPlane.sends(Letter.structured(tenant, trace, Wish.of("starter").json()));

    Message ready = status.awaitReady(tenant, 1);
    assertThat(ready.headers())
        .containsEntry("ce_correlationid", "order-66")
        .hasEntrySatisfying("traceparent", parent -> assertThat(parent).contains(trace));
    status.assertWholeStory(tenant);
  }

  @Test
  void aPlanWithOtherNamespacesBringsItsOwnAndTakesTheOthersAway() {
    String tenant = Stage.tenant("growing");
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    String uid = cluster.uid("tenant-" + tenant);

    controlPlane.changesPlan(tenant, Wish.of("team").generation(2));

    Message grown = status.awaitReady(tenant, 2);
    assertThat(grown.type()).isEqualTo("plan-applied");
    assertThat(grown.data().path("namespaces").findValuesAsText("name"))
        .containsExactly("", "jobs");
    assertThat(cluster.subjects("tenant-" + tenant + "--jobs", "berth-owner")).hasSize(1);
    assertThat(cluster.uid("tenant-" + tenant)).isEqualTo(uid);

    Fault slow = cluster.holds("tenant-" + tenant + "--jobs");
    controlPlane.changesPlan(tenant, Wish.of("starter").generation(3));

    eventually()
        .untilAsserted(() -> {
          assertThat(cluster.subjects("tenant-" + tenant + "--jobs", "berth-owner")).isEmpty();
          assertThat(cluster.isTerminating("tenant-" + tenant + "--jobs")).isTrue();
        });
    slow.mend();
    Message shrunk = status.awaitReady(tenant, 3);
    assertThat(cluster.hasNamespace("tenant-" + tenant + "--jobs")).isFalse();
    assertThat(shrunk.data().path("namespaces").findValuesAsText("name")).containsExactly("");
    assertThat(cluster.uid("tenant-" + tenant)).isEqualTo(uid);
    assertThat(pods("tenant-" + tenant)).isEqualTo("2");
    status.assertWholeStory(tenant);
  }

  @Test
  void aTenantOfAnUnknownPlanWaitsUntilTheCatalogueBringsIt() {
    String tenant = Stage.tenant("early");
    String plan = Stage.tenant("gold");
    controlPlane.creates(tenant, Wish.of(plan));
    Message blocked = status.awaitStep(tenant, "blocked", 1);
    assertThat(blocked.text("phase")).isEqualTo("BLOCKED");
    assertThat(blocked.text("reason")).isEqualTo("PlanUnknown");
    assertThat(blocked.text("message")).contains(plan);
    assertThat(blocked.data().path("plan").isNull()).isTrue();
    assertThat(cluster.hasNamespace("tenant-" + tenant)).isFalse();

    PlanFolder.release(plan, "starter");

    assertThat(status.awaitReady(tenant, 1).text("plan")).isEqualTo(plan + "@1");
    assertThat(database.releasedPlans())
        .contains("starter@1", "team@2", "enterprise@1", plan + "@1");
    status.assertWholeStory(tenant);
  }

  private String pods(String namespace) {
    return cluster
        .get(ClusterAdmin.NAMESPACES + namespace + "/resourcequotas/berth")
        .at("/spec/hard/pods")
        .asText();
  }

  private void assertBinding(String namespace, String binding, String role, String... groups) {
    JsonNode live =
        cluster.get(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/%s"
                .formatted(namespace, binding));
    assertThat(live.at("/roleRef/name").asText()).isEqualTo(role);
    assertThat(live.path("subjects").findValuesAsText("name")).containsExactlyInAnyOrder(groups);
  }

  private static Map<String, String> strings(JsonNode object) {
    return object.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
  }
}
