package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.catalogue.Plans;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.PlannedTenant;
import dev.berth.installation.TenantCluster;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the quota and the limits of a plan let through on the real API server, and what not. */
class BoundsIT {

  private static final String CONTAINER =
      "'name': 'c', 'image': 'x', 'imagePullPolicy': 'Always', 'securityContext':"
          + " {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}";
  private static final String POD =
      "{'metadata': {'name': 'p'}, 'spec': {%s 'securityContext': {'runAsNonRoot': true, 'seccompProfile':"
          + " {'type': 'RuntimeDefault'}}, 'containers': [{%s%s}]}}";

  private static PlannedTenant starter;
  private static PlannedTenant team;

  @BeforeAll
  static void anOpenTenantOfEachPlan() {
    Caller.berth();
    TenantCluster.awaitPolicies();
    starter = PlannedTenant.open(Plans.sample("starter"));
    team =
        PlannedTenant.open(
            Plans.parse(
                """
                name: devices
                version: 1
                isolation: sandboxed
                namespaces: [{share: 100%}]
                sandbox: {memory: 512Mi, cpu: 500m, count: {default: 4, min: 2, max: 8}}
                storage: {capacity: 10Gi, claims: 2, ephemeral: 2Gi}
                objects: {deployments: 5, jobs: 5, configMaps: 5, secrets: 5, services: 10, loadBalancers: 2, leases: 1}
                resources: {example.com/gpu: 2, hugepages-2Mi: 64Mi}
                network: {egress: none, dns: true, betweenNamespaces: true, ingress: none, requireEngine: false}
                podSecurity: restricted
                offboarding: {grace: 1d, deletion: Delete}
                """));
    await().until(() -> reads(starter) && reads(team));
  }

  private static boolean reads(PlannedTenant tenant) {
    return tenant.owner().get(NAMESPACES + tenant.namespace()).code() == 200;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          a pod larger than its containers | {'requests': {'memory': '512Mi'}, 'limits': {'memory': '14Gi'}}
          a pod that only says its limit   | {'limits': {'memory': '14Gi'}}
          more cores than it asks for      | {'requests': {'cpu': '500m'}, 'limits': {'cpu': '4'}}
          """)
  void t2_aPodIsAsLargeAsItAsksFor(String name, String resources) {
    Reply reply = pod(team, "'resources': %s,".formatted(resources), SIZED);

    assertThat(reply.message()).as(name).contains("max limit to request ratio per Pod is 1");
  }

  private static final String SIZED =
      ", 'resources': {'requests': {'memory': '128Mi', 'cpu': '250m'}, 'limits': {'memory': '128Mi', 'cpu': '250m'}}";

  @Test
  void t2_equalSizesOfPodsAndContainersPass() {
    String equal =
        "'resources': {'requests': {'memory': '1Gi', 'cpu': '1'}, 'limits': {'memory': '1Gi', 'cpu': '1'}},";
    String init =
        "'initContainers': [{'restartPolicy': 'Always', %s%s}],"
            .formatted(CONTAINER.replace("'c'", "'sidecar'"), SIZED);

    assertThat(pod(team, "", "").code()).isEqualTo(201);
    assertThat(pod(team, equal, SIZED).code()).isEqualTo(201);
    assertThat(pod(team, init, SIZED).message()).isEmpty();
    assertThat(
            pod(
                    team,
                    init.replace("'limits': {'memory': '128Mi'", "'limits': {'memory': '1Gi'"),
                    SIZED)
                .message())
        .contains("max limit to request ratio per Container is 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"statefulsets", "daemonsets", "replicasets"})
  void t6_workloadsOfEveryKindAreCounted(String resource) {
    int bound = resource.equals("replicasets") ? 75 : 5;
    String collection = "/apis/apps/v1/namespaces/" + starter.namespace() + "/" + resource;
    String workload =
        "{'metadata': {'name': 'w%d'}, 'spec': {%s'selector': {'matchLabels': {'a': 'b'}}, 'template':"
            + " {'metadata': {'labels': {'a': 'b'}}, 'spec': {'nodeSelector': {'kubernetes.io/os': 'none'}, 'containers': [{%s}]}}}}";
    String one = resource.equals("daemonsets") ? "" : "'replicas': 0, ";

    assertThat(
            createdOf(
                bound + 1,
                i -> starter.owner().post(collection, workload.formatted(i, one, CONTAINER))))
        .isEqualTo(bound);
  }

  @ParameterizedTest
  @CsvSource({
    "/apis/batch/v1/namespaces/%s/cronjobs, 20",
    "/apis/policy/v1/namespaces/%s/poddisruptionbudgets, 10",
    "/apis/coordination.k8s.io/v1/namespaces/%s/leases, 10",
    "/api/v1/namespaces/%s/serviceaccounts, 10",
    "/apis/autoscaling/v2/namespaces/%s/horizontalpodautoscalers, 10"
  })
  void t6_otherKindsAreCountedAndTheDefaultAccountIsNotTheirs(String path, int bound) {
    String spec =
        path.contains("cronjobs")
            ? """
            'schedule': '0 0 1 1 *', 'jobTemplate': {'spec': {'template': {'spec':
              {'restartPolicy': 'Never', 'containers': [{%s}]}}}}\
            """
                .formatted(CONTAINER)
            : path.contains("autoscalers")
                ? "'maxReplicas': 2, 'scaleTargetRef': {'apiVersion': 'apps/v1', 'kind': 'Deployment', 'name': 'd'}"
                : "";
    String object =
        path.contains("account")
            ? "{'metadata': {'name': 'o%d'}}"
            : "{'metadata': {'name': 'o%d'}, 'spec': {" + spec + "}}";

    assertThat(
            createdOf(
                bound + 1,
                i ->
                    starter.owner().post(path.formatted(starter.namespace()), object.formatted(i))))
        .isEqualTo(bound);
  }

  @Test
  void t6_whatAPlanNamesItselfIsTheBound() {
    String leases = "/apis/coordination.k8s.io/v1/namespaces/" + team.namespace() + "/leases";

    assertThat(
            createdOf(
                2, i -> team.owner().post(leases, "{'metadata': {'name': 'l%d'}}".formatted(i))))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'limits': {'ephemeral-storage': '10Ti'}}                                                     | limits.ephemeral-storage
          {'limits': {'example.com/gpu': '3'}}                                                          | requests.example.com/gpu
          {'limits': {'hugepages-2Mi': '128Mi', 'memory': '512Mi', 'cpu': '500m'}}                      | requests.hugepages-2Mi
          """)
  void t7_moreThanThePlanGivesOfDisksAndDevicesIsRefused(String resources, String exceeded) {
    assertThat(pod(team, "", ", 'resources': " + resources).message())
        .contains("exceeded quota: berth")
        .contains(exceeded);
  }

  @Test
  void t7_whatThePlanGivesIsThere() {
    assertThat(
            pod(
                    team,
                    "",
                    ", 'resources': {'limits': {'ephemeral-storage': '1Gi', 'example.com/gpu': '2', 'hugepages-2Mi': '64Mi'}}")
                .message())
        .isEmpty();
    assertThat(
            pod(team, "", "")
                .body()
                .at("/spec/containers/0/resources/limits/ephemeral-storage")
                .asText())
        .as("of 2Gi for up to 8 sandboxes")
        .isEqualTo("256Mi");
  }

  @Test
  void t8_asManyOrdinaryLoadBalancersAsThePlanHasAndNoMore() {
    String services = NAMESPACES + team.namespace() + "/services";

    Reply none =
        starter
            .owner()
            .post(NAMESPACES + starter.namespace() + "/services", LOAD_BALANCER.formatted(0, 80));
    assertThat(none.message()).contains("exceeded quota: berth").contains("services.loadbalancers");
    assertThat(createdOf(3, i -> team.owner().post(services, LOAD_BALANCER.formatted(i, 80 + i))))
        .isEqualTo(2);
  }

  private static final String LOAD_BALANCER =
      "{'metadata': {'name': 'lb%d'}, 'spec': {'type': 'LoadBalancer', 'ports': [{'port': %d}]}}";

  private static Reply pod(PlannedTenant tenant, String spec, String container) {
    return tenant
        .owner()
        .post(
            NAMESPACES + tenant.namespace() + "/pods" + DRY_RUN,
            POD.formatted(spec, CONTAINER, container));
  }

  /** The last one must be refused by the quota. */
  private static int createdOf(int tries, IntFunction<Reply> create) {
    for (int created = 0; created < tries; created++) {
      Reply reply = create.apply(created);
      if (reply.code() != 201) {
        assertThat(reply.message()).contains("exceeded quota: berth");
        return created;
      }
    }
    return tries;
  }
}
