package dev.berth.monitoring;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.ControlPlane;
import dev.berth.journey.stage.Database;
import dev.berth.journey.stage.Fault;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.StatusReader;
import dev.berth.journey.stage.Wish;
import dev.berth.monitoring.stage.Sabotage;
import dev.berth.monitoring.stage.Snapshot;
import dev.berth.monitoring.stage.Watch;
import java.util.List;
import java.util.function.Predicate;

/** Faults of the cluster. */
final class ClusterFaults {

  private static final String NAMESPACES = "/api/v1/namespaces";
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";

  private final ControlPlane controlPlane = Stage.CONTROL_PLANE;
  private final StatusReader status = Stage.STATUS;
  private final ClusterAdmin cluster = Stage.CLUSTER;
  private final Database database = Stage.DATABASE;
  private final Watch watch;
  private final Predicate<String> prometheus;

  /**
   * @param prometheus whether Prometheus has something to answer to an expression
   */
  ClusterFaults(Watch watch, Predicate<String> prometheus) {
    this.watch = watch;
    this.prometheus = prometheus;
  }

  void happen() {
    String open = open("open");
    aPolicyIsGone();
    othersWrite(open);
    leavesAndIsHeldUp(open);
    theNodesAreFull();
  }

  private String open(String name) {
    String tenant = Stage.tenant(name);
    controlPlane.creates(tenant, Wish.of("starter"));
    status.awaitReady(tenant, 1);
    return tenant;
  }

  private void aPolicyIsGone() {
    Snapshot before = watch.calm();
    Fault lost = cluster.loses(ADMISSION + "validatingadmissionpolicybindings/berth-sandbox");
    Snapshot degraded = watch.until(s -> s.sum("berth_tenants", "DEGRADED") > 0);
    watch.records(
        "a policy is gone",
        before,
        degraded,
        "BerthSandboxPolicyAltered critical",
        "BerthTenantDegraded critical");
    eventually().until(() -> prometheus.test("ALERTS{alertstate=\"firing\"}"));
    lost.mend();
    watch.until(s -> s.sum("berth_tenants", "DEGRADED") == 0);
  }

  private void theNodesAreFull() {
    Snapshot room = watch.calm();
    String inside = open("inside");
    long taken = database.memoryTaken();
    List<Fault> full = cluster.limitsMemory(taken);
    watch.until(s -> s.sum("berth_node_pool_allocatable_bytes") == taken);
    String waiting = Stage.tenant("waiting");
    controlPlane.creates(waiting, Wish.of("starter"));
    Snapshot waits = watch.until(s -> s.sum("berth_waitlisted_tenants") == 1);
    eventually().until(() -> prometheus.test("berth_waitlisted_tenants"));
    watch.records("the nodes are full", room, waits, "BerthWaitlistGrowing warning");
    full.forEach(Fault::mend);
    status.awaitReady(waiting, 1);
    controlPlane.offboards(inside, 9);
    status.awaitStep(inside, "offboarded", 9);
  }

  private void othersWrite(String tenant) {
    Fault policy =
        cluster.brings(
            ADMISSION + "mutatingadmissionpolicies",
            """
            {'metadata': {'name': 'no-end'}, 'spec': {'reinvocationPolicy': 'Never',
              'matchConstraints': {'resourceRules': [{'apiGroups': [''], 'apiVersions': ['v1'],
                                   'operations': ['UPDATE'], 'resources': ['resourcequotas']}]},
              'mutations': [{'patchType': 'JSONPatch', 'jsonPatch': {'expression':
                '[JSONPatch{op: \\"add\\", path: \\"/spec/hard/pods\\", value: \\"999\\"}]'}}]}}\
            """);
    Fault binding = binds("mutatingadmissionpolicybindings", "");
    String quota = ClusterAdmin.NAMESPACES + "tenant-" + tenant + "/resourcequotas/berth";
    Snapshot before = watch.calm();
    eventually()
        .until(() -> {
          cluster.changes(quota, q -> q.withObject("/metadata/labels").put("seen", "yes"));
          return cluster.get(quota).at("/spec/hard/pods").asText().equals("999");
        });
    controlPlane.updates(tenant, Wish.of("starter").generation(2).sandboxes(3));
    Snapshot contested = watch.until(s -> s.sum("berth_drift_total", "contested") > 0);
    watch.records(
        "others write to objects of Berth",
        before,
        contested,
        "BerthDriftContested warning",
        "BerthTenantStuck warning");
    binding.mend();
    policy.mend();
    status.awaitReady(tenant, 2);
    cluster.changes(quota, q -> q.withObject("/spec/hard").put("pods", "1"));
    database.awaitAnotherLook(tenant);
    watch.until(s -> s.sum("berth_drift_total", "repaired") > 0);
  }

  private void leavesAndIsHeldUp(String leaving) {
    Snapshot before = watch.calm();
    Fault denial = denies();
    controlPlane.offboards(leaving, 9);
    Snapshot held = watch.until(s -> s.sum("berth_deletions_blocked") == 1);
    eventually().until(() -> prometheus.test("berth_deletions_blocked"));
    watch.records(
        "a policy of others denies the removal",
        before,
        held,
        "BerthDeletionBlocked warning",
        "BerthTenantStuck warning");
    denial.mend();
    watch.untilBusy(s -> {
      Sabotage.change("UPDATE tenant SET next_run_at = now() WHERE phase = 'BLOCKED'");
      return s.sum("berth_deletions_blocked") == 0;
    });
    status.awaitStep(leaving, "offboarded", 9);
  }

  /** A policy that is not Berth's and lets no namespace go; it is in force after a moment. */
  private Fault denies() {
    Fault policy =
        cluster.brings(
            ADMISSION + "validatingadmissionpolicies",
            """
            {'metadata': {'name': 'no-end'}, 'spec': {
              'matchConstraints': {'resourceRules': [{'apiGroups': [''], 'apiVersions': ['v1'],
                                   'operations': ['DELETE'], 'resources': ['namespaces']}]},
              'validations': [{'expression': 'false', 'message': 'nothing ends here'}]}}\
            """);
    Fault binding = binds("validatingadmissionpolicybindings", ", 'validationActions': ['Deny']");
    eventually()
        .untilAsserted(() -> {
          String probe = Stage.tenant("probe");
          cluster.creates(NAMESPACES, "{'metadata': {'name': '%s'}}".formatted(probe));
          assertThatThrownBy(() -> cluster.deletes(NAMESPACES + "/" + probe))
              .hasMessageContaining("nothing ends here");
        });
    return () -> {
      binding.mend();
      policy.mend();
    };
  }

  private Fault binds(String kind, String more) {
    return cluster.brings(
        ADMISSION + kind,
        "{'metadata': {'name': 'no-end'}, 'spec': {'policyName': 'no-end'%s}}".formatted(more));
  }
}
