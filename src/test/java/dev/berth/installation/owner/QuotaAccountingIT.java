package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.TenantCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The API server charges a quota as the planner reckons: limit and overhead of each sandbox. A pod
 * has 512Mi here.
 */
class QuotaAccountingIT {

  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";
  private static final String SMALL = "small-kata-pods";

  private static final Caller BERTH = Caller.berth();
  private static final Caller ADMINISTRATOR = Caller.administrator();
  private static final Caller OWNER = Caller.memberOf("system:masters");

  @BeforeAll
  static void aClassOfThePlatformTeamWithASmallOverhead() {
    awaitPolicies();
    ADMINISTRATOR.post(
        CLASSES,
        "{'metadata': {'name': '%s'}, 'handler': 'kata', 'overhead': {'podFixed': {'memory': '128Mi'}}}"
            .formatted(SMALL));
  }

  @AfterAll
  static void withoutIt() {
    ADMINISTRATOR.delete(CLASSES + "/" + SMALL);
  }

  @Test
  void fourGibibytesAreEnoughForThreeSandboxesOfTheManagedClass() {
    String namespace = namespace("tenant-three", "kata-vm-isolation", "4Gi");

    assertThat(startsUntilDenied(namespace)).isEqualTo(3);
    assertThat(used(namespace)).isEqualTo("3336Mi");
  }

  @Test
  void fourGibibytesAreEnoughForSixOfAClassWithAnOverheadOf128Mi() {
    assertThat(startsUntilDenied(namespace("tenant-six", SMALL, "4Gi"))).isEqualTo(6);
  }

  @Test
  void eightSandboxesNeed8896MiAndNotOneByteLess() {
    assertThat(startsUntilDenied(namespace("tenant-eight", "kata-vm-isolation", "8896Mi")))
        .isEqualTo(8);
    assertThat(startsUntilDenied(namespace("tenant-seven", "kata-vm-isolation", "9328132095")))
        .isEqualTo(7);
  }

  private static int startsUntilDenied(String namespace) {
    for (int started = 0; started < 20; started++) {
      Reply reply = start(namespace, "p" + started);
      if (reply.code() != 201) {
        assertThat(reply.code()).isEqualTo(403);
        assertThat(reply.message()).contains("exceeded quota: berth").contains("limits.memory");
        return started;
      }
    }
    throw new AssertionError("the quota of " + namespace + " does not bind");
  }

  private static Reply start(String namespace, String name) {
    return OWNER.post(
        NAMESPACES + namespace + "/pods",
        """
        {'metadata': {'name': '%s'},
         'spec': {'containers': [{'name': 'c', 'image': 'i',
                                  'resources': {'limits': {'memory': '512Mi', 'cpu': '500m'}}}]}}\
        """
            .formatted(name));
  }

  private static String namespace(String name, String runtimeClass, String memory) {
    String labels =
        "{'berth.dev/tenant': 'x', 'berth.dev/isolation': 'sandboxed', 'berth.dev/runtime-class': '%s'}"
            .formatted(runtimeClass);
    String annotations =
        "{'berth.dev/node-selector': 'kubernetes.azure.com/kata-vm-isolation=true'}";
    BERTH.post(
        "/api/v1/namespaces",
        "{'metadata': {'name': '%s', 'labels': %s, 'annotations': %s}}"
            .formatted(name, labels, annotations));
    String quotas = NAMESPACES + name + "/resourcequotas";
    BERTH.post(
        quotas,
        "{'metadata': {'name': 'berth'}, 'spec': {'hard': {'requests.memory': '%1$s', 'limits.memory': '%1$s'}}}"
            .formatted(memory));
    await()
        .until(() ->
            BERTH.get(quotas + "/berth").body().at("/status/hard").size() == 2
                && TenantCluster.hasDefaultAccount(name));
    return name;
  }

  private static String used(String namespace) {
    String quota = NAMESPACES + namespace + "/resourcequotas/berth";
    return BERTH.get(quota).body().at("/status/used/limits.memory").asText();
  }
}
