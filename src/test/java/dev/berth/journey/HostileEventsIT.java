package dev.berth.journey;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.journey.stage.AuditLog;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.ControlPlane.Sent;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No event, whatever stands in it, gets more than a tenant may have, or anything of another. */
@QuarkusTest
@TestProfile(OnRealParts.class)
class HostileEventsIT {

  private static final List<String> SYSTEM =
      List.of("kube-system", "kube-public", "default", "berth-system");

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final AuditLog audit = Stage.AUDIT;

  @AfterEach
  void nothingIsLeft() {
    cluster.mendEverything();
  }

  @TestFactory
  Stream<DynamicTest> isRefusedAndNothingHappensInTheCluster() {
    List<JsonNode> before = systemNamespaces();
    return HostileEvents.all().stream()
        .map(hostile ->
            DynamicTest.dynamicTest(
                "%s is %s".formatted(printable(hostile.name()), hostile.reason()),
                () -> {
                  assertRefused(hostile);
                  assertThat(systemNamespaces()).isEqualTo(before);
                }));
  }

  private void assertRefused(BadInput hostile) {
    Message refused = status.awaitRefusal(controlPlane.sends(hostile.letter()));

    assertThat(refused.text("reason")).isEqualTo(hostile.reason());
    assertThat(refused.text("message")).isNotBlank().isEqualTo(printable(refused.text("message")));
    // A NUL is no text to the database either.
    String known = database.phase(hostile.tenant().replace("\u0000", ""));
    assertThat(known).isEqualTo(hostile.rejected() ? "REJECTED" : null);
    assertThat(audit.writesFor(hostile.tenant())).isEmpty();
  }

  @Test
  void nobodyElseSpeaksForATenant() {
    String tenant = open("genuine");
    String uid = cluster.uid("tenant-" + tenant);
    Letter end =
        Letter.event(
            "offboarding-requested.v1", tenant, Stage.quoted("{'generation': 2, 'reason': 'x'}"));

    Sent byAnotherKey = controlPlane.sends(end.key(Stage.tenant("attacker")));
    Sent bySource = controlPlane.sends(end.with("ce_source", "/control-plane-of-somebody"));
    Sent byCase = controlPlane.sends(end.with("ce_source", "/Control-Plane"));

    assertThat(status.awaitRefusal(byAnotherKey).text("reason")).isEqualTo("KeyMismatch");
    assertThat(status.awaitRefusal(bySource).text("reason"))
        .as("CVE-2024-22031: one id from two sources")
        .isEqualTo("SourceNotAllowed");
    assertThat(status.awaitRefusal(byCase).text("reason")).isEqualTo("SourceNotAllowed");
    assertThat(database.phase(tenant)).isEqualTo("READY");
    assertThat(cluster.uid("tenant-" + tenant)).isEqualTo(uid);
    assertThat(cluster.isTerminating("tenant-" + tenant)).isFalse();
  }

  /** CVE-2025-55205, capsule#200: a label of a tenant is compared with none that decides. */
  @Test
  void labelsOfAnEventStandBehindAPrefixOfTheirOwn() {
    String tenant = Stage.tenant("labelled");
    controlPlane.sends(
        Letter.event(
            "created.v1",
            tenant,
            Wish.of("starter")
                .labels(Map.of("isolation", "shared", "runtime-class", "runc", "tenant", "other"))
                .json()));
    status.awaitReady(tenant, 1);

    JsonNode labels = cluster.namespace("tenant-" + tenant).at("/metadata/labels");
    assertThat(labels.path("berth.dev/isolation").asText()).isEqualTo("sandboxed");
    assertThat(labels.path("berth.dev/runtime-class").asText()).isEqualTo("kata-vm-isolation");
    assertThat(labels.path("berth.dev/tenant").asText()).isEqualTo(tenant);
    assertThat(labels.path("labels.berth.dev/isolation").asText()).isEqualTo("shared");
  }

  /** CVE-2026-4789: wherever an address stands, Berth does not call it. */
  @Test
  void addressesInAnEventAreNeverCalled() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:%d/a".formatted(listener.getLocalPort());
      String tenant = Stage.tenant("calling");
      String data =
          Stage.quoted(
              """
              {'$schema': '%1$s', '$ref': '%1$s', 'webhook': '%1$s', 'callback': {'url': '%1$s'},
               'generation': 1, 'plan': 'starter', 'displayName': '${jndi:%1$s}',
               'owners': [{'kind': 'Group', 'name': '%1$s'}]}\
              """
                  .formatted(url));
      controlPlane.sends(Letter.event("created.v1", tenant, data).also("ce_dataschema", url));
      String refused = Stage.tenant("refused");
      Sent bad =
          controlPlane.sends(
              Letter.event("created.v1", refused, Stage.quoted("{'$ref': '%s'}".formatted(url)))
                  .also("ce_dataschema", url));

      status.awaitReady(tenant, 1);
      status.awaitRefusal(bad);
      listener.setSoTimeout(1);
      assertThat(catchThrowable(listener::accept)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** apache/superset-kubernetes-operator#324, CVE-2024-39690: by name alone nothing is Berth's. */
  @Test
  void theEndOfATenantLeavesANamespaceOfItsNameThatIsSomebodyElses() {
    String tenant = Stage.tenant("namesake");
    String namespace = "tenant-" + tenant;
    cluster.brings(
        "/api/v1/namespaces",
        """
        {'metadata': {'name': '%s', 'labels': {'berth.dev/tenant': '%s', 'berth.dev/isolation': 'shared'}}}\
        """
            .formatted(namespace, tenant));
    String uid = cluster.uid(namespace);
    controlPlane.creates(tenant, Wish.of("starter"));
    assertThat(status.awaitStep(tenant, "blocked", 1).text("reason")).isEqualTo("NameTaken");

    controlPlane.offboards(tenant, 2);

    eventually().until(() -> "OFFBOARDED".equals(database.phase(tenant)));
    assertThat(cluster.uid(namespace)).isEqualTo(uid);
    assertThat(cluster.isTerminating(namespace)).isFalse();
    assertThat(audit.writesFor(tenant)).noneMatch(write -> write.endsWith(" 200"));
  }

  @Test
  void aNamespaceOfSomebodyElseIsLeftUntouchedAndTheTenantGoesOnWhenItIsGone() {
    String tenant = Stage.tenant("taken");
    String namespace = "tenant-" + tenant;
    Fault foreign =
        cluster.brings(
            "/api/v1/namespaces",
            "{'metadata': {'name': '%s', 'labels': {'app': 'theirs'}}}".formatted(namespace));
    eventually()
        .until(() ->
            cluster
                .find(ClusterAdmin.NAMESPACES + namespace + "/configmaps/kube-root-ca.crt")
                .isPresent());
    JsonNode before = cluster.namespace(namespace);

    controlPlane.creates(tenant, Wish.of("starter"));

    Message blocked = status.awaitStep(tenant, "blocked", 1);
    assertThat(blocked.text("phase")).isEqualTo("BLOCKED");
    assertThat(blocked.text("reason")).isEqualTo("NameTaken");
    assertThat(blocked.text("message")).contains(namespace);
    assertThat(cluster.namespace(namespace)).isEqualTo(before);
    for (String kind : List.of("resourcequotas", "limitranges")) {
      assertThat(cluster.get(ClusterAdmin.NAMESPACES + namespace + "/" + kind).path("items"))
          .isEmpty();
    }
    assertThat(cluster.subjects(namespace, "berth-owner")).isEmpty();

    foreign.mend();

    eventually().until(() -> "READY".equals(database.phase(tenant)));
    status.awaitReady(tenant, 1);
    assertThat(cluster.uid(namespace)).isNotEqualTo(before.at("/metadata/uid").asText());
    status.assertWholeStory(tenant);
  }

  private String open(String name) {
    String tenant = Stage.tenant(name);
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private List<JsonNode> systemNamespaces() {
    return SYSTEM.stream().map(cluster::namespace).toList();
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }
}
