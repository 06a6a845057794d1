package dev.berth.local;

import static org.awaitility.Awaitility.await;

import dev.berth.local.cluster.LocalCluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The API server judges by a policy up to a second after it was stored, and by all that were stored
 * before it as well: so one of each kind that is stored last shows that all are in force.
 */
public final class PoliciesInForce {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";

  /** A ConfigMap of that name is changed by the one policy, and then denied by the other one. */
  private static final List<Stored> LAST =
      List.of(
          new Stored(
              "mutatingadmissionpolicies",
              """
              {"metadata": {"name": "%1$s"}, "spec": {"reinvocationPolicy": "Never",
                "matchConstraints": {"resourceRules": [
                  {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}]},
                "matchConditions": [{"name": "named", "expression": "object.metadata.name == '%1$s'"}],
                "mutations": [{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{immutable: true}"}}]}}\
              """),
          new Stored(
              "validatingadmissionpolicies",
              """
              {"metadata": {"name": "%1$s"}, "spec": {
                "matchConstraints": {"resourceRules": [
                  {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]}]},
                "validations": [{"expression": "object.metadata.name != '%1$s' || !has(object.immutable)"}]}}\
              """),
          new Stored(
              "mutatingadmissionpolicybindings",
              """
              {"metadata": {"name": "%1$s"}, "spec": {"policyName": "%1$s"}}\
              """),
          new Stored(
              "validatingadmissionpolicybindings",
              """
              {"metadata": {"name": "%1$s"}, "spec": {"policyName": "%1$s", "validationActions": ["Deny"]}}\
              """));

  private PoliciesInForce() {}

  private record Stored(String collection, String object) {

    void create(KubernetesClient administrator, String name) {
      administrator.raw(ADMISSION + collection, "POST", object.formatted(name));
    }

    void delete(KubernetesClient administrator, String name) {
      administrator.raw(ADMISSION + collection + "/" + name, "DELETE", "{}");
    }
  }

  /** Returns when all that are stored by now are. */
  public static void awaitAll(LocalCluster cluster) {
    String name = "stored-last-" + UUID.randomUUID();
    try (KubernetesClient administrator = cluster.client()) {
      LAST.forEach(stored -> stored.create(administrator, name));
      await("the policies are in force").atMost(PATIENCE).until(() -> denies(administrator, name));
      LAST.forEach(stored -> stored.delete(administrator, name));
    }
  }

  private static boolean denies(KubernetesClient administrator, String name) {
    try {
      administrator.raw(
          "/api/v1/namespaces/default/configmaps?dryRun=All",
          "POST",
          "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
      return false;
    } catch (KubernetesClientException denied) {
      return denied.getMessage().contains("ValidatingAdmissionPolicy '" + name);
    }
  }
}
