package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.facts.FactReading.Holdings;
import dev.berth.kubernetes.facts.FactReading.Served;
import dev.berth.kubernetes.policy.PolicyObject;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A copy of what facts are read from, kept up to date by watches that restart as long as it is
 * open. Used by one thread; {@code changed} is called by others.
 */
final class ClusterCopy implements AutoCloseable {

  private final ApiServer api;
  private final EndlessWatch.Patience patience;
  private final Discovery discovery;
  private final Runnable changed;
  private final KubernetesSerialization json = new KubernetesSerialization();
  private final WatchedObjects<Node> nodes;
  private final WatchedObjects<RuntimeClass> classes;
  private final List<WatchedObjects<DaemonSet>> daemonSets;
  private final Map<WatchedKind, WatchedObjects<GenericKubernetesResource>> others =
      new LinkedHashMap<>();
  private boolean looked;

  ClusterCopy(
      ApiServer api, EndlessWatch.Patience patience, Discovery discovery, Runnable changed) {
    this.api = api;
    this.patience = patience;
    this.discovery = discovery;
    this.changed = changed;
    this.nodes = copy("/api/v1/nodes", Node.class);
    this.classes = copy("/apis/node.k8s.io/v1/runtimeclasses", RuntimeClass.class);
    this.daemonSets =
        NetworkReading.NAMESPACES.stream()
            .map(namespace -> "/apis/apps/v1/namespaces/" + namespace + "/daemonsets")
            .map(path -> copy(path, DaemonSet.class))
            .toList();
    WatchedKind.ALWAYS.forEach(this::copy);
  }

  void open() {
    all().forEach(WatchedObjects::start);
  }

  /** Asks for the kinds that a cluster may serve or not, which an upgrade changes. */
  void lookForOptionalKinds() {
    WatchedKind.OPTIONAL.forEach(together -> {
      WatchedKind one = together.getFirst();
      boolean served =
          discovery.serves(one.groupVersion(), together.stream().map(WatchedKind::kind).toList());
      if (served && !others.containsKey(one)) {
        together.forEach(kind -> copy(kind).start());
      } else if (!served) {
        together.forEach(this::forget);
      }
    });
    looked = true;
  }

  /**
   * Whether all was read, and every watch works and received something lately: the copy is as old
   * as its oldest watch.
   */
  boolean isLive() {
    return looked && awaited().isEmpty();
  }

  /** What has to come before the copy is complete and believed. */
  List<String> awaited() {
    return all().flatMap(objects -> objects.awaited().stream()).toList();
  }

  /** Of how many collections something was heard, and since when of every one of them. */
  String heard() {
    List<Instant> times = all().flatMap(objects -> objects.heard().stream()).sorted().toList();
    return times.isEmpty()
        ? "nothing yet"
        : "%d collections, each at %s or later".formatted(times.size(), times.getFirst());
  }

  /** What cannot be read now, and why. */
  List<String> troubles() {
    return all().flatMap(objects -> objects.trouble().stream()).toList();
  }

  /**
   * @param version that the API server names
   */
  Holdings holdings(String version) {
    return new Holdings(
        classes.objects(),
        nodes.objects(),
        new Served(
            version,
            others.containsKey(WatchedKind.MUTATING_POLICY),
            others.keySet().stream()
                .filter(WatchedKind::isPolicy)
                .flatMap(this::policies)
                .toList()),
        daemonSets.stream().map(WatchedObjects::objects).flatMap(Collection::stream).toList(),
        held(WatchedKind.SERVICE_CIDR).toList());
  }

  @Override
  public void close() {
    all().forEach(WatchedObjects::close);
  }

  private Stream<PolicyObject> policies(WatchedKind kind) {
    return held(kind)
        .map(object ->
            new PolicyObject(
                kind.kind(), object.getMetadata().getName(), object.getAdditionalProperties()));
  }

  private Stream<GenericKubernetesResource> held(WatchedKind kind) {
    var objects = others.get(kind);
    return objects == null ? Stream.empty() : objects.objects().stream();
  }

  private Stream<WatchedObjects<?>> all() {
    return Stream.of(Stream.of(nodes, classes), daemonSets.stream(), others.values().stream())
        .flatMap(objects -> objects);
  }

  private void forget(WatchedKind kind) {
    var objects = others.remove(kind);
    if (objects != null) {
      objects.close();
    }
  }

  private WatchedObjects<GenericKubernetesResource> copy(WatchedKind kind) {
    var objects = copy(kind.path(), GenericKubernetesResource.class);
    others.put(kind, objects);
    return objects;
  }

  private <T> WatchedObjects<T> copy(String path, Class<T> type) {
    return new WatchedObjects<>(
        api, patience, path, object -> json.convertValue(object, type), changed);
  }
}
