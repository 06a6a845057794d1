package dev.berth.kubernetes;

import dev.berth.kubernetes.FactReading.Holdings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of what facts are read from, kept up to date by watches that reconnect for as long as it
 * is open. Used by one thread; {@code changed} is called by others.
 */
final class ClusterCopy implements AutoCloseable {

  private final KubernetesClient client;
  private final Discovery discovery;
  private final Runnable changed;
  private final SharedIndexInformer<Node> nodes;
  private final SharedIndexInformer<RuntimeClass> classes;
  private final List<SharedIndexInformer<DaemonSet>> daemonSets;
  private final Map<WatchedKind, SharedIndexInformer<GenericKubernetesResource>> others =
      new LinkedHashMap<>();
  private boolean looked;

  ClusterCopy(KubernetesClient client, Discovery discovery, Runnable changed) {
    this.client = client;
    this.discovery = discovery;
    this.changed = changed;
    this.nodes = watch(client.resources(Node.class));
    this.classes = watch(client.resources(RuntimeClass.class));
    this.daemonSets =
        NetworkReading.NAMESPACES.stream()
            .map(namespace -> watch(client.apps().daemonSets().inNamespace(namespace)))
            .toList();
    WatchedKind.ALWAYS.forEach(this::watch);
  }

  void open() {
    informers().forEach(SharedIndexInformer::start);
  }

  /** Asks for the kinds that a cluster may serve or not, which an upgrade changes. */
  void lookForOptionalKinds() {
    WatchedKind.OPTIONAL.forEach(together -> {
      WatchedKind one = together.getFirst();
      boolean served =
          discovery.serves(one.groupVersion(), together.stream().map(WatchedKind::kind).toList());
      if (served && !others.containsKey(one)) {
        together.forEach(kind -> watch(kind).start());
      } else if (!served) {
        together.forEach(this::forget);
      }
    });
    looked = true;
  }

  boolean isComplete() {
    return looked && informers().allMatch(SharedIndexInformer::hasSynced);
  }

  boolean isWatching() {
    return informers().allMatch(SharedIndexInformer::isWatching);
  }

  /**
   * @param version that the API server names
   */
  Holdings holdings(String version) {
    return new Holdings(
        version,
        classes.getStore().list(),
        nodes.getStore().list(),
        others.keySet().stream().filter(WatchedKind::isPolicy).flatMap(this::policies).toList(),
        others.containsKey(WatchedKind.MUTATING_POLICY),
        daemonSets.stream().map(i -> i.getStore().list()).flatMap(Collection::stream).toList(),
        held(WatchedKind.SERVICE_CIDR).toList());
  }

  @Override
  public void close() {
    informers().forEach(SharedIndexInformer::close);
  }

  private Stream<PolicyObject> policies(WatchedKind kind) {
    return held(kind)
        .map(object ->
            new PolicyObject(
                kind.kind(), object.getMetadata().getName(), object.getAdditionalProperties()));
  }

  private Stream<GenericKubernetesResource> held(WatchedKind kind) {
    var informer = others.get(kind);
    return informer == null ? Stream.empty() : informer.getStore().list().stream();
  }

  private Stream<SharedIndexInformer<?>> informers() {
    return Stream.of(Stream.of(nodes, classes), daemonSets.stream(), others.values().stream())
        .flatMap(informers -> informers);
  }

  private void forget(WatchedKind kind) {
    var informer = others.remove(kind);
    if (informer != null) {
      informer.close();
    }
  }

  private SharedIndexInformer<GenericKubernetesResource> watch(WatchedKind kind) {
    var informer = watch(client.genericKubernetesResources(kind.context()));
    others.put(kind, informer);
    return informer;
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
