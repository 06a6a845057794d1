package dev.berth.kubernetes.drift;

import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.KubernetesConfig;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Drift;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Watches every kind of object that Berth makes for tenants, one watch each. */
@ApplicationScoped
class DriftWatch {

  private final List<ObjectWatch> watches;

  @Inject
  DriftWatch(ApiServer api, KubernetesConfig config, Clock clock, Event<Drift> event) {
    this(api, new EndlessWatch.Patience(config.watchSilence(), clock), event::fire);
  }

  DriftWatch(ApiServer api, EndlessWatch.Patience patience, Consumer<Drift> listener) {
    this.watches =
        Stream.of(Kind.values())
            .map(kind -> new ObjectWatch(api, patience, kind, listener))
            .toList();
  }

  void onStart(@Observes StartupEvent started) {
    start();
  }

  void start() {
    watches.forEach(ObjectWatch::start);
  }

  @PreDestroy
  void stop() {
    watches.forEach(ObjectWatch::close);
  }
}
