package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.journey.stage.AuditLog;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Message;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.journey.stage.WokenOnly;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Changes to a ready tenant's objects by somebody who broke the glass: no recheck is near. */
@QuarkusTest
@TestProfile(WokenOnly.class)
class DriftIT {

  private static final String NETWORKING =
      "/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies/isolation";
  private static final String BINDINGS =
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final AuditLog audit = Stage.AUDIT;

  @Test
  void labelsThatTheSandboxRestsOnAreBackAtOnce() {
    String tenant = ready("relabelled");
    String namespace = "tenant-" + tenant;

    cluster.changes(
        ClusterAdmin.NAMESPACES + namespace,
        object -> {
          object.withObject("/metadata/labels").put("berth.dev/isolation", "shared");
          object.withObject("/metadata/labels").remove("pod-security.kubernetes.io/enforce");
        });

    eventually()
        .untilAsserted(() -> {
          assertThat(label(namespace, "berth.dev/isolation")).isEqualTo("sandboxed");
          assertThat(label(namespace, "pod-security.kubernetes.io/enforce"))
              .isEqualTo("restricted");
        });
    // A pod that was tried in between would have been let in: then it was closed for a moment.
    eventually().until(() -> "READY".equals(database.phase(tenant)));
  }

  @Test
  void aNamespaceThatSomebodyDeletesIsMissedAtOnceAndInOneVoice() {
    String tenant = ready("deleted");
    Fault slow = cluster.holds("tenant-" + tenant);

    cluster.deletes(ClusterAdmin.NAMESPACES + "tenant-" + tenant);

    eventually().until(() -> !"READY".equals(database.phase(tenant)));
    Message lost =
        status.awaitStep(
            tenant, "a lost namespace", step -> "NamespaceLost".equals(step.text("reason")));
    assertThat(lost.text("message"))
        .contains("Namespace tenant-" + tenant, "has been terminating since");
    assertThat(lost.type()).isEqualTo("degraded");
    assertThat(cluster.isTerminating("tenant-" + tenant)).isTrue();

    slow.mend();

    eventually().until(() -> database.conditions(tenant).contains("is gone"));
    assertThat(status.types(tenant)).containsOnlyOnce("degraded").endsWith("degraded");
  }

  /** L11. */
  @Test
  void everyObjectThatSomebodyChangesIsBroughtBackWithOneWriteAndTold() {
    String tenant = ready("edited");
    String namespace = "tenant-" + tenant;
    String path = ClusterAdmin.NAMESPACES + namespace;
    int written = audit.writesFor(tenant).size();

    changeEverything(namespace);

    eventually()
        .untilAsserted(() -> {
          assertThat(repairs(tenant, written))
              .containsExactlyInAnyOrder(
                  "patch namespaces " + namespace + " 200",
                  "patch serviceaccounts default 200",
                  "patch resourcequotas berth 200",
                  "patch limitranges berth 200",
                  "patch networkpolicies isolation 200",
                  "patch rolebindings berth-owner 200");
          assertThat(cluster.get(path + "/resourcequotas/berth").at("/spec/hard/pods").asText())
              .isNotEqualTo("99");
          assertThat(cluster.subjects(namespace, "berth-owner")).containsExactly(tenant + "-team");
        });
    status.awaitStep(tenant, "the quota", step -> tells(step, "ResourceQuota " + namespace));
    status.awaitStep(tenant, "the binding", step -> tells(step, "RoleBinding " + namespace));
    assertThat(database.phase(tenant)).isEqualTo("READY");
    status.assertWholeStory(tenant);
  }

  private void changeEverything(String namespace) {
    String path = ClusterAdmin.NAMESPACES + namespace;
    cluster.changes(path, o -> o.withObject("/metadata/annotations").put("berth.dev/plan", "x@1"));
    cluster.changes(
        path + "/serviceaccounts/default", o -> o.put("automountServiceAccountToken", true));
    cluster.changes(
        path + "/resourcequotas/berth", o -> o.withObject("/spec/hard").put("pods", "99"));
    cluster.changes(
        path + "/limitranges/berth",
        o ->
            o.withObject("/spec")
                .putArray("limits")
                .addObject()
                .put("type", "Pod")
                .putObject("max")
                .put("cpu", "9"));
    cluster.changes(
        NETWORKING.formatted(namespace), o -> o.withObject("/spec").putArray("egress").addObject());
    cluster.changes(BINDINGS.formatted(namespace) + "/berth-owner", DriftIT::letsTheIntruderIn);
  }

  @Test
  void anObjectThatSomebodyDeletesIsMadeAgainAndABindingOfOthersIsReportedAtOnce() {
    String tenant = ready("emptied");
    String namespace = "tenant-" + tenant;
    String quota = ClusterAdmin.NAMESPACES + namespace + "/resourcequotas/berth";
    String bindings = BINDINGS.formatted(namespace);

    cluster.deletes(quota);
    cluster.changes(bindings + "/berth-owner", o -> o.putArray("subjects"));

    eventually()
        .untilAsserted(() -> {
          assertThat(cluster.find(quota)).isPresent();
          assertThat(cluster.subjects(namespace, "berth-owner")).containsExactly(tenant + "-team");
        });
    status.awaitStep(tenant, "the quota", step -> tells(step, "ResourceQuota " + namespace));
    status.awaitStep(tenant, "the binding", step -> tells(step, "RoleBinding " + namespace));

    cluster.creates(
        bindings,
        """
        {'metadata': {'name': 'support'},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'view'},
         'subjects': [{'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'Group', 'name': 'helpers'}]}\
        """);
    status.awaitStep(tenant, "foreign", step -> "ForeignBinding".equals(step.text("reason")));

    cluster.deletes(bindings + "/support");
    eventually().until(() -> "READY".equals(database.phase(tenant)));
  }

  @Test
  void whoKeepsChangingAnObjectIsReportedAndNotFoughtForEver() {
    String tenant = ready("fought");
    String quota = ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/resourcequotas/berth";
    for (int i = 0; i < 6; i++) {
      cluster.changes(quota, o -> o.withObject("/spec/hard").put("pods", "99"));
      eventually().until(() -> !cluster.get(quota).at("/spec/hard/pods").asText().equals("99"));
    }

    cluster.changes(quota, o -> o.withObject("/spec/hard").put("pods", "99"));

    Message contested =
        status.awaitStep(tenant, "contested", step -> "Contested".equals(step.text("reason")));
    assertThat(contested.text("phase")).isEqualTo("DEGRADED");
    assertThat(contested.text("message"))
        .contains("ResourceQuota tenant-" + tenant + "/berth", "field manager");
    assertThat(cluster.get(quota).at("/spec/hard/pods").asText()).isEqualTo("99");
    assertThat(cluster.subjects("tenant-" + tenant, "berth-owner"))
        .as("a quota guards nobody's sandbox")
        .containsExactly(tenant + "-team");
  }

  private static void letsTheIntruderIn(ObjectNode binding) {
    binding
        .withArray("/subjects")
        .addObject()
        .put("kind", "Group")
        .put("apiGroup", "rbac.authorization.k8s.io")
        .put("name", "intruders");
  }

  private static boolean tells(Message step, String object) {
    return step.type().equals("drift-repaired") && step.text("message").contains(object);
  }

  /**
   * The controller of quotas may write its status in between: that write is refused, and repeated.
   */
  private List<String> repairs(String tenant, int since) {
    List<String> writes = audit.writesFor(tenant);
    return writes.subList(since, writes.size()).stream()
        .filter(write -> !write.contains("(dry run)") && !write.endsWith(" 409"))
        .toList();
  }

  private String ready(String name) {
    String tenant = Stage.tenant(name);
    controlPlane.creates(tenant, Wish.of("starter").owners(tenant + "-team"));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private String label(String namespace, String key) {
    return cluster.namespace(namespace).at("/metadata/labels").path(key).asText();
  }
}
