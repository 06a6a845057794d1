package dev.berth.kubernetes.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.object.Ownership;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import dev.berth.provisioning.Drift;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reports tenants' namespaces that are relabelled or deleted. Only Berth's labels count; a
 * namespace that appears is not drift. A report is remembered after it was delivered, so a listener
 * that fails gets it again.
 */
@ApplicationScoped
class NamespaceWatch {

  private static final String ALL = "/api/v1/namespaces?limit=500";
  private static final String PREFIX = "tenant-";
  private static final Duration LONGEST_LISTING = Duration.ofMinutes(1);

  private final ApiServer api;
  private final Clock clock;
  private final Consumer<Drift> listener;
  private final EndlessWatch watch;
  private final Map<String, State> states = new HashMap<>();

  @Inject
  NamespaceWatch(ApiServer api, KubernetesConfig config, Clock clock, Event<Drift> event) {
    this(api, new EndlessWatch.Patience(config.watchSilence(), clock), event::fire);
  }

  NamespaceWatch(ApiServer api, EndlessWatch.Patience patience, Consumer<Drift> listener) {
    this.api = api;
    this.clock = patience.clock();
    this.listener = listener;
    this.watch = new EndlessWatch(api, patience, ALL, this::list, this::changed);
  }

  /** What Berth gave the namespace, as it is in the cluster. */
  private record State(Map<String, String> labels, boolean leaving) {

    static State of(Live live) {
      Map<String, String> labels = new TreeMap<>();
      live.json()
          .at("/metadata/labels")
          .properties()
          .forEach(label -> {
            if (Ownership.isReserved(label.getKey())) {
              labels.put(label.getKey(), label.getValue().asText());
            }
          });
      return new State(labels, live.isTerminating());
    }
  }

  void onStart(@Observes StartupEvent started) {
    start();
  }

  void start() {
    watch.start();
  }

  @PreDestroy
  void stop() {
    watch.close();
  }

  private String list() {
    Map<String, State> now = new HashMap<>();
    String version =
        Pages.read(
            api,
            ALL,
            clock.instant().plus(LONGEST_LISTING),
            live -> {
              if (live.name().startsWith(PREFIX)) {
                now.put(live.name(), State.of(live));
              }
            });
    List.copyOf(states.entrySet()).stream()
        .filter(state -> !state.getValue().equals(now.get(state.getKey())))
        .forEach(state -> listener.accept(new Drift(state.getKey())));
    states.clear();
    states.putAll(now);
    return version;
  }

  private void changed(JsonNode event) {
    Live live = new Live(event.path("object"));
    if (live.name().startsWith(PREFIX)) {
      if (event.path("type").asText().equals("DELETED")) {
        forget(live.name());
      } else {
        follow(live.name(), State.of(live));
      }
    }
  }

  private void forget(String namespace) {
    if (states.containsKey(namespace)) {
      listener.accept(new Drift(namespace));
      states.remove(namespace);
    }
  }

  private void follow(String namespace, State now) {
    State before = states.get(namespace);
    if (before != null && !before.equals(now)) {
      listener.accept(new Drift(namespace));
    }
    states.put(namespace, now);
  }
}
