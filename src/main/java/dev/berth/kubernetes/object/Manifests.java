package dev.berth.kubernetes.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Resource;
import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;
import dev.berth.plan.Resource.Limits;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantNamespace;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Resources as the API server takes them: complete, explicit about what is empty, and the same
 * bytes each time. Plain JSON, because typed models drop empty lists, and a list that is not sent
 * takes nothing back.
 */
public final class Manifests {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private Manifests() {}

  public static ObjectNode manifest(Resource resource, Assignment assignment) {
    ObjectNode manifest = JSON.objectNode();
    manifest.put("apiVersion", ApiPath.apiVersion(resource.key().kind()));
    manifest.put("kind", resource.key().kind().name());
    manifest.set("metadata", metadata(resource, assignment));
    switch (resource) {
      case Resource.Namespace n -> {}
      case Resource.ServiceAccount s -> manifest.put("automountServiceAccountToken", false);
      case Resource.NetworkPolicy p -> manifest.set("spec", isolation(p));
      case Resource.ResourceQuota q -> manifest.putObject("spec").set("hard", strings(q.hard()));
      case Resource.LimitRange l -> manifest.putObject("spec").set("limits", limits(l));
      case Resource.RoleBinding b -> bind(b, manifest);
    }
    return manifest;
  }

  private static ObjectNode metadata(Resource resource, Assignment assignment) {
    Key key = resource.key();
    Map<String, String> labels = new TreeMap<>();
    Map<String, String> annotations = new TreeMap<>();
    if (resource instanceof Resource.Namespace n) {
      labels.putAll(n.labels());
      annotations.putAll(n.annotations());
      String planKeys = planKeys(n);
      if (!planKeys.isEmpty()) {
        annotations.put(Ownership.PLAN_KEYS, planKeys);
      }
    }
    Owner owner = assignment.owner();
    TenantNamespace namespace = owner.namespace(key.namespace());
    labels.put(Ownership.TENANT, owner.tenant().value());
    labels.put(Ownership.NAMESPACE, namespace.name().isEmpty() ? "default" : namespace.name());
    annotations.put(Ownership.PROVISIONING_ID, namespace.provisioningId().toString());
    annotations.put(Ownership.GENERATION, Long.toString(owner.generation()));
    annotations.put(Ownership.INSTALLATION, assignment.installation().toString());
    if (owner.plan() != null) {
      annotations.put(Ownership.PLAN, owner.plan().toString());
    }
    if (resource instanceof Resource.RoleBinding b && b.subjects().isEmpty()) {
      annotations.put(Ownership.CLOSED, "true");
    }

    ObjectNode metadata = JSON.objectNode().put("name", key.name());
    if (key.kind() != Kind.Namespace) {
      metadata.put("namespace", key.namespace());
    }
    metadata.set("labels", strings(labels));
    metadata.set("annotations", strings(annotations));
    return metadata;
  }

  /** Remembered in the object, so that what the next plan no longer has can be taken away. */
  private static String planKeys(Resource.Namespace namespace) {
    return Stream.concat(
            namespace.labels().keySet().stream(), namespace.annotations().keySet().stream())
        .filter(key -> !Ownership.isReserved(key))
        .distinct()
        .sorted()
        .collect(Collectors.joining(","));
  }

  private static ObjectNode isolation(Resource.NetworkPolicy policy) {
    ObjectNode spec = JSON.objectNode();
    spec.putObject("podSelector");
    spec.putArray("policyTypes").add("Ingress").add("Egress");
    ArrayNode ingress = spec.putArray("ingress");
    ingress.addObject().set("from", sameTenant(policy));
    if (!policy.ingress().isEmpty()) {
      ArrayNode from = ingress.addObject().putArray("from");
      policy.ingress().forEach(labels -> from.add(namespaces(labels)));
    }
    ArrayNode egress = spec.putArray("egress");
    egress.addObject().set("to", sameTenant(policy));
    if (policy.dns()) {
      egress.add(dns(policy.resolvers()));
    }
    if (!policy.egress().isEmpty()) {
      ArrayNode to = egress.addObject().putArray("to");
      policy
          .egress()
          .forEach(block ->
              to.addObject().set("ipBlock", block(block.cidr().toString(), block.except())));
    }
    return spec;
  }

  private static ArrayNode sameTenant(Resource.NetworkPolicy policy) {
    ArrayNode peers = JSON.arrayNode();
    peers.addObject().putObject("podSelector");
    policy.peers().stream()
        .filter(peer -> !peer.equals(policy.namespace()))
        .forEach(peer -> peers.add(namespaceNamed(peer)));
    return peers;
  }

  private static ObjectNode dns(List<String> resolvers) {
    ObjectNode rule = JSON.objectNode();
    ObjectNode peer = namespaceNamed("kube-system");
    peer.putObject("podSelector").putObject("matchLabels").put("k8s-app", "kube-dns");
    ArrayNode to = rule.putArray("to").add(peer);
    resolvers.forEach(address -> to.addObject().set("ipBlock", block(address + "/32", List.of())));
    ArrayNode ports = rule.putArray("ports");
    ports.addObject().put("protocol", "UDP").put("port", 53);
    ports.addObject().put("protocol", "TCP").put("port", 53);
    return rule;
  }

  /** By the label that the API server itself puts on each namespace, which cannot be forged. */
  private static ObjectNode namespaceNamed(String name) {
    return namespaces(Map.of("kubernetes.io/metadata.name", name));
  }

  private static ObjectNode namespaces(Map<String, String> labels) {
    ObjectNode peer = JSON.objectNode();
    peer.putObject("namespaceSelector").set("matchLabels", strings(labels));
    return peer;
  }

  private static ObjectNode block(String cidr, List<Ipv4Block> excepted) {
    ObjectNode json = JSON.objectNode().put("cidr", cidr);
    if (!excepted.isEmpty()) {
      ArrayNode except = json.putArray("except");
      excepted.forEach(block -> except.add(block.toString()));
    }
    return json;
  }

  /** Names default requests too, which the API server would else take from the default limits. */
  private static ArrayNode limits(Resource.LimitRange range) {
    ObjectNode byDefault = amounts(range.byDefault());
    ArrayNode limits = JSON.arrayNode();
    ObjectNode container = limits.addObject().put("type", "Container");
    container.set("default", byDefault);
    container.set("defaultRequest", byDefault.deepCopy());
    Limits min = range.min();
    if (min != null) {
      container.set("min", amounts(min));
    }
    if (range.fixed()) {
      ObjectNode equal = amounts(new Limits("1", "1", "1"));
      container.set("maxLimitRequestRatio", equal);
      limits.addObject().put("type", "Pod").set("maxLimitRequestRatio", equal.deepCopy());
    }
    return limits;
  }

  private static ObjectNode amounts(Limits limits) {
    ObjectNode amounts = JSON.objectNode();
    if (limits.cpu() != null) {
      amounts.put("cpu", limits.cpu());
    }
    if (limits.ephemeral() != null) {
      amounts.put("ephemeral-storage", limits.ephemeral());
    }
    return amounts.put("memory", limits.memory());
  }

  private static void bind(Resource.RoleBinding binding, ObjectNode manifest) {
    manifest
        .putObject("roleRef")
        .put("apiGroup", ApiPath.RBAC_GROUP)
        .put("kind", "ClusterRole")
        .put("name", binding.clusterRole());
    manifest.set("subjects", subjects(binding.subjects()));
  }

  private static ArrayNode subjects(List<Subject> subjects) {
    ArrayNode array = JSON.arrayNode();
    for (Subject subject : subjects) {
      ObjectNode json = array.addObject().put("kind", subject.kind().name());
      if (subject.kind() == Subject.SubjectKind.ServiceAccount) {
        json.put("namespace", subject.namespace());
      } else {
        json.put("apiGroup", ApiPath.RBAC_GROUP);
      }
      json.put("name", subject.name());
    }
    return array;
  }

  private static ObjectNode strings(Map<String, String> map) {
    ObjectNode json = JSON.objectNode();
    new TreeMap<>(map).forEach(json::put);
    return json;
  }
}
