package dev.berth.kubernetes;

import dev.berth.kubernetes.FactReading.Holdings;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of what facts are read from, kept up to date by watches that reconnect for as long as it
 * is open. Used by one thread; {@code changed} is called by others.
 */
final class ClusterCopy implements AutoCloseable {

  private static final String GROUP = "admissionregistration.k8s.io";
  private static final String VERSION = "v1";
  private static final List<String> VALIDATING =
      List.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
  private static final List<String> MUTATING =
      List.of(PolicyObject.MUTATING_POLICY, PolicyObject.MUTATING_BINDING);

  private final KubernetesClient client;
  private final Runnable changed;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<RuntimeClass> classes;
  private final Map<String, SharedIndexInformer<GenericKubernetesResource>> policies =
      new LinkedHashMap<>();
  private boolean looked;

  ClusterCopy(KubernetesClient client, Runnable changed) {
    this.client = client;
    this.changed = changed;
    this.nodes = watch(client.resources(Node.class));
    this.classes = watch(client.resources(RuntimeClass.class));
    VALIDATING.forEach(this::watchKind);
  }

  void open() {
    informers().forEach(SharedIndexInformer::start);
  }

  /** Asks the cluster whether it serves mutating policies, which came with 1.36. */
  void lookForMutating() {
    if (!isMutatingServed()) {
      APIResourceList served = client.getApiResources(GROUP + "/" + VERSION);
      if (served != null && kinds(served).containsAll(MUTATING)) {
        MUTATING.forEach(kind -> watchKind(kind).start());
      }
      looked = true;
    }
  }

  boolean isMutatingServed() {
    return policies.keySet().containsAll(MUTATING);
  }

  boolean isComplete() {
    return looked && informers().allMatch(SharedIndexInformer::hasSynced);
  }

  boolean isWatching() {
    return informers().allMatch(SharedIndexInformer::isWatching);
  }

  Holdings holdings() {
    List<PolicyObject> objects =
        policies.entrySet().stream()
            .flatMap(entry -> objects(entry.getKey(), entry.getValue()))
            .toList();
    return new Holdings(
        classes.getStore().list(), nodes.getStore().list(), objects, isMutatingServed());
  }

  @Override
  public void close() {
    informers().forEach(SharedIndexInformer::close);
  }

  private static Stream<PolicyObject> objects(
      String kind, SharedIndexInformer<GenericKubernetesResource> informer) {
    return informer.getStore().list().stream()
        .map(object ->
            new PolicyObject(
                kind, object.getMetadata().getName(), object.getAdditionalProperties()));
  }

  private static List<String> kinds(APIResourceList served) {
    return served.getResources().stream().map(APIResource::getKind).toList();
  }

  private Stream<SharedIndexInformer<?>> informers() {
    return Stream.concat(Stream.of(nodes, classes), policies.values().stream());
  }

  private SharedIndexInformer<GenericKubernetesResource> watchKind(String kind) {
    var informer = watch(client.genericKubernetesResources(context(kind)));
    policies.put(kind, informer);
    return informer;
  }

  private static ResourceDefinitionContext context(String kind) {
    String lower = kind.toLowerCase(Locale.ROOT);
    return new ResourceDefinitionContext.Builder()
        .withGroup(GROUP)
        .withVersion(VERSION)
        .withKind(kind)
        .withPlural(lower.endsWith("policy") ? lower.replaceAll("y$", "ies") : lower + "s")
        .withNamespaced(false)
        .build();
  }

  private <T extends HasMetadata> SharedIndexInformer<T> watch(Informable<T> resources) {
    SharedIndexInformer<T> informer =
        resources.runnableInformer(0).exceptionHandler((started, failure) -> true);
    informer.addEventHandler(new Hint<>(changed));
    return informer;
  }

  private record Hint<T>(Runnable changed) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T added) {
      changed.run();
    }

    @Override
    public void onUpdate(T before, T after) {
      changed.run();
    }

    @Override
    public void onDelete(T deleted, boolean finalStateUnknown) {
      changed.run();
    }
  }
}
