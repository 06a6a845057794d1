package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.assertLetIn;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.denialOf;
import static dev.berth.installation.TenantCluster.sandboxed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.kubernetes.Hands;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant's Service takes no ports, addresses or names that are others' (T8, T9). */
class ServicesIT {

  private static final String POLICY = denialOf("berth-services");
  private static final String NAMESPACE = "tenant-serving";
  private static final String GENEROUS = "tenant-serving-more";
  private static final String BALANCED = NAMESPACES + NAMESPACE + "/services/balanced";
  private static final String INTERNAL = "service.beta.kubernetes.io/azure-load-balancer-internal";

  private static Caller administrator;

  @BeforeAll
  static void aServiceWithALoadBalancer() {
    administrator = Caller.administrator();
    awaitPolicies();
    sandboxed(NAMESPACE);
    sandboxed(
        GENEROUS,
        "kata-vm-isolation",
        "'berth.dev/service-fields': 'loadBalancerIP,externalName', 'berth.dev/service-annotations': '%s'"
            .formatted(INTERNAL));
    assertLetIn(
        service(NAMESPACE, "balanced", "", "'type': 'LoadBalancer', 'ports': [{'port': 80}]", ""));
  }

  /** T8: as kubectl and charts write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'ports': [{'port': 80}]",
        "'clusterIP': 'None', 'ports': [{'port': 80}]",
        "'type': 'LoadBalancer', 'ports': [{'port': 80}, {'port': 443, 'name': 'b'}]",
        "'type': 'LoadBalancer', 'externalTrafficPolicy': 'Local', 'ports': [{'port': 80}]",
        "'type': 'LoadBalancer', 'allocateLoadBalancerNodePorts': false, 'ports': [{'port': 80}]",
        "'type': 'LoadBalancer', 'loadBalancerSourceRanges': ['203.0.113.0/24'], 'ports': [{'port': 80}]"
      })
  void anOrdinaryServiceIsLetIn(String spec) {
    String named = spec.replace("{'port': 80}, ", "{'port': 80, 'name': 'a'}, ");
    assertLetIn(service(NAMESPACE, "s", "", named, DRY_RUN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'type': 'NodePort' | set spec.type to ClusterIP",
        "'type': 'LoadBalancer', 'ports': [{'port': 80, 'nodePort': 30023}] | remove nodePort",
        "'type': 'LoadBalancer', 'externalTrafficPolicy': 'Local', 'healthCheckNodePort': 30024 | remove spec.healthCheckNodePort",
        "'clusterIP': '10.0.3.4' | remove spec.clusterIP",
        "'externalIPs': ['203.0.113.7'] | remove spec.externalIPs",
        "'type': 'LoadBalancer', 'loadBalancerIP': '203.0.113.7' | remove spec.loadBalancerIP",
        "'type': 'LoadBalancer', 'loadBalancerClass': 'a/b' | remove spec.loadBalancerClass",
        "'type': 'ExternalName', 'externalName': 'metadata.google.internal' | remove spec.externalName"
      })
  void aServiceThatTakesWhatIsNotItsOwnIsDenied(String spec, String advice) {
    String ports = spec.contains("'ports'") ? "" : ", 'ports': [{'port': 80}]";
    assertDenied(service(NAMESPACE, "s", "", spec + ports, DRY_RUN), POLICY, advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service.beta.kubernetes.io/azure-load-balancer-ipv4",
        "service.beta.kubernetes.io/azure-pip-name",
        "service.beta.kubernetes.io/azure-load-balancer-resource-group",
        "service.beta.kubernetes.io/azure-load-balancer-internal-subnet",
        "service.beta.kubernetes.io/azure-dns-label-name",
        "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
        "service.kubernetes.io/ibm-load-balancer-cloud-provider-zone",
        "external-dns.alpha.kubernetes.io/hostname",
        "alb.ingress.kubernetes.io/group.name",
        "cloud.google.com/neg",
        "networking.gke.io/load-balancer-ip-addresses",
        "metallb.io/loadBalancerIPs",
        "metallb.universe.tf/allow-shared-ip",
        "kube-vip.io/loadbalancerIPs",
        "lbipam.cilium.io/ips",
        "service.cilium.io/global",
        "tailscale.com/hostname"
      })
  void anAnnotationThatSpeaksToTheCloudIsDenied(String key) {
    assertDenied(
        service(NAMESPACE, "s", "'%s': 'x'".formatted(key), "'ports': [{'port': 80}]", DRY_RUN),
        POLICY,
        "remove the annotations \"" + key);
    assertDenied(
        administrator.merge(BALANCED, "{'metadata': {'annotations': {'%s': 'x'}}}".formatted(key)),
        POLICY,
        "remove the annotations \"" + key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubectl.kubernetes.io/last-applied-configuration",
        "service.kubernetes.io/topology-mode",
        "meta.helm.sh/release-name",
        "prometheus.io/scrape",
        "azure.example/x",
        "note"
      })
  void otherAnnotationsAreFree(String key) {
    assertLetIn(
        service(NAMESPACE, "s", "'%s': 'Auto'".formatted(key), "'ports': [{'port': 80}]", DRY_RUN));
  }

  @Test
  void whatThePlanGivesIsLetIn() {
    assertLetIn(
        service(
            GENEROUS,
            "s",
            "'%s': 'true'".formatted(INTERNAL),
            "'type': 'LoadBalancer', 'loadBalancerIP': '10.1.2.3', 'ports': [{'port': 80}]",
            DRY_RUN));
    assertLetIn(
        service(
            GENEROUS,
            "s",
            "",
            "'type': 'ExternalName', 'externalName': 'db.example.com'",
            DRY_RUN));
    assertDenied(
        service(
            GENEROUS,
            "s",
            "",
            "'type': 'LoadBalancer', 'loadBalancerClass': 'a/b', 'ports': [{'port': 80}]",
            DRY_RUN),
        POLICY,
        "remove spec.loadBalancerClass");
  }

  @Test
  void anOrdinaryServiceIsChangedAtWill() {
    ObjectNode live = (ObjectNode) administrator.get(BALANCED).body();

    assertLetIn(
        change("{'spec': {'ports': [{'port': 80, 'name': 'a'}, {'port': 81, 'name': 'b'}]}}"));
    assertLetIn(change("{'spec': {'externalTrafficPolicy': 'Local'}}"));
    assertLetIn(change("{'spec': {'type': 'ClusterIP'}}"));
    assertLetIn(administrator.put(BALANCED + DRY_RUN, live.toString()));
  }

  @Test
  void noPortOrAddressIsChosenLater() {
    int other = 30025;

    assertDenied(change("{'spec': {'type': 'NodePort'}}"), POLICY, "set spec.type");
    assertDenied(
        change("{'spec': {'ports': [{'port': 80, 'nodePort': %d}]}}".formatted(other)),
        POLICY,
        "remove nodePort");
    assertDenied(
        change("{'spec': {'loadBalancerIP': '203.0.113.7'}}"), POLICY, "spec.loadBalancerIP");
    assertDenied(
        administrator.patch(
            BALANCED + DRY_RUN,
            "json-patch",
            "[{'op': 'replace', 'path': '/spec/ports/0/nodePort', 'value': %d}]".formatted(other)),
        POLICY,
        "remove nodePort");
    assertDenied(
        administrator.apply(
            BALANCED,
            "{'apiVersion': 'v1', 'kind': 'Service', 'metadata': {'name': 'balanced'}, 'spec': {'ports': [{'port': 80, 'protocol': 'TCP', 'nodePort': %d}]}}"
                .formatted(other)),
        POLICY,
        "remove nodePort");
  }

  /** Who chose a port is read from the managed fields: nobody gets round it by forging them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{}]",
        "[{'manager': 'x', 'operation': 'Update', 'apiVersion': 'v1', 'time': '2026-11-01T00:00:00Z',"
            + " 'fieldsType': 'FieldsV1', 'fieldsV1': {'f:metadata': {'f:labels': {}}}}]"
      })
  void aForgedRecordOfWritersHidesNoChosenPort(String managedFields) {
    ObjectNode live = (ObjectNode) administrator.get(BALANCED).body();
    live.withObject("/metadata").set("managedFields", Hands.json(managedFields));
    assertLetIn(administrator.put(BALANCED + DRY_RUN, live.toString()));
    ((ObjectNode) live.at("/spec/ports/0")).put("nodePort", 30026);

    assertDenied(administrator.put(BALANCED + DRY_RUN, live.toString()), POLICY, "remove nodePort");
    assertDenied(
        administrator.post(
            NAMESPACES + NAMESPACE + "/services" + DRY_RUN,
            "{'metadata': {'name': 's', 'managedFields': %s}, 'spec': {'type': 'LoadBalancer', 'ports': [{'port': 80, 'nodePort': 30027}]}}"
                .formatted(managedFields)),
        POLICY,
        "remove nodePort");
  }

  @Test
  void theClusterKeepsItsNotes() {
    Caller cloud =
        Caller.administratorNamed(
            "system:serviceaccount:kube-system:service-controller",
            "system:serviceaccounts:kube-system");

    assertLetIn(
        cloud.merge(
            BALANCED + DRY_RUN,
            "{'metadata': {'annotations': {'cloud.google.com/neg-status': 'x'}}}"));
  }

  private static Reply change(String patch) {
    return administrator.merge(BALANCED + DRY_RUN, patch);
  }

  private static Reply service(
      String namespace, String name, String annotations, String spec, String query) {
    return administrator.post(
        NAMESPACES + namespace + "/services" + query,
        "{'metadata': {'name': '%s', 'annotations': {%s}}, 'spec': {%s}}"
            .formatted(name, annotations, spec));
  }
}
