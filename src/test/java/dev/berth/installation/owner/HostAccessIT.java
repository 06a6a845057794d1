package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.podOf;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No pod of a tenant reaches its node, whatever rights its author has. */
class HostAccessIT {

  private static final String NAMESPACE = "tenant-host";
  private static final String POLICY =
      "ValidatingAdmissionPolicy 'berth-host-access' with binding 'berth-host-access' denied"
          + " request: ";

  private static Caller administrator;

  @BeforeAll
  static void aNamespaceOfATenant() {
    administrator = Caller.administrator();
    awaitPolicies();
    sandboxed(NAMESPACE);
  }

  @ParameterizedTest
  @EnumSource
  void aPodWithAWayToItsNodeIsDenied(HostAccess access) {
    Reply reply = podOf(administrator, NAMESPACE, access.pod, DRY_RUN);

    assertDenied(reply, POLICY, access.advice);
    assertThat(reply.message()).contains("what creates it");
  }

  @Test
  void aPodThatSaysNoToEachOfThemIsLetIn() {
    Reply reply =
        podOf(
            administrator,
            NAMESPACE,
            """
            {'hostNetwork': false, 'hostPID': false, 'hostIPC': false,
             'os': {'name': 'linux'},
             'volumes': [{'name': 'a', 'emptyDir': {}}, {'name': 'b', 'configMap': {'name': 'x'}},
                         {'name': 'c', 'image': {'reference': 'i'}}, {'name': 'd', 'persistentVolumeClaim': {'claimName': 'x'}},
                         {'name': 'e', 'projected': {'sources': [{'serviceAccountToken': {'path': 'x'}}]}}, {'name': 'f'}],
             'containers': [{'name': 'c', 'image': 'i', 'securityContext': {'privileged': false},
                             'ports': [{'containerPort': 80}], 'livenessProbe': {'httpGet': {'port': 80}},
                             'readinessProbe': {'grpc': {'port': 80}},
                             'lifecycle': {'preStop': {'sleep': {'seconds': 3}}}}]}\
            """,
            DRY_RUN);

    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isEqualTo(201);
  }

  @Test
  void aContainerThatIsAddedToARunningPodIsNotPrivileged() {
    sandboxed("tenant-debugged");
    podOf(administrator, "tenant-debugged", "{'containers': [{'name': 'c', 'image': 'i'}]}", "");

    assertDenied(debug(true), POLICY, "securityContext.privileged");
    assertThat(debug(false).code()).isEqualTo(200);
  }

  private static Reply debug(boolean privileged) {
    return administrator.patch(
        NAMESPACES + "tenant-debugged/pods/p/ephemeralcontainers",
        "strategic-merge-patch",
        """
        {'spec': {'ephemeralContainers': [{'name': 'debug', 'image': 'i',
                                           'securityContext': {'privileged': %s}}]}}\
        """
            .formatted(privileged));
  }
}
