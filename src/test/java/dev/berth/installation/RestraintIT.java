package dev.berth.installation;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.create;
import static dev.berth.installation.TenantCluster.pod;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Berth cannot do, whoever holds its token. */
class RestraintIT {

  private static final String RESTRAINT =
      "ValidatingAdmissionPolicy 'berth-restraint' with binding 'berth-restraint' denied request: ";

  private static Caller berth;

  @BeforeAll
  static void thePoliciesAreInForce() {
    berth = Caller.berth();
    awaitPolicies();
    sandboxed("tenant-restraint");
  }

  @Test
  void berthWritesToTenantsNamespacesOnly() {
    String binding =
        """
        {'metadata': {'name': 'b'}, 'subjects': [],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'}}\
        """;

    assertDenied(create(berth, "elsewhere"), RESTRAINT, "tenant-* only");
    assertDenied(
        berth.merge(NAMESPACES + "kube-system", "{'metadata': {'labels': {'a': 'b'}}}"),
        RESTRAINT,
        "tenant-* only");
    assertDenied(
        berth.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/rolebindings", binding),
        RESTRAINT,
        "tenant-* only");
    assertDenied(pod(berth, "default", null, DRY_RUN), RESTRAINT, "tenant-* only");
  }

  @Test
  void berthEvictsNoPodsElsewhere() {
    assertThat(pod(Caller.administrator(), "default", null, "").code()).isEqualTo(201);

    assertDenied(berth.delete(NAMESPACES + "default/pods"), RESTRAINT, "tenant-* only");

    assertThat(Caller.administrator().delete(NAMESPACES + "default/pods/p").code()).isEqualTo(200);
  }

  @Test
  void berthStartsNoPod() {
    assertDenied(pod(berth, "tenant-restraint", null, ""), RESTRAINT, "dryRun=All");
  }

  @Test
  void berthGrantsTheTenantRolesOnlyAndReadsNoSecrets() {
    Reply granted =
        berth.post(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/tenant-restraint/rolebindings",
            """
            {'metadata': {'name': 'b'}, 'subjects': [],
             'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'}}\
            """);

    assertThat(granted.code()).isEqualTo(403);
    assertThat(granted.message()).contains("attempting to grant RBAC permissions");
    assertThat(berth.get(NAMESPACES + "tenant-restraint/secrets").code()).isEqualTo(403);
  }
}
