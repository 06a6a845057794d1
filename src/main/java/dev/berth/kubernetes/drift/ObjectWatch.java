package dev.berth.kubernetes.drift;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.object.Ownership;
import dev.berth.kubernetes.object.Recurrence;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.EndlessWatch;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import dev.berth.plan.Resource.Kind;
import dev.berth.provisioning.Drift;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reports objects of one kind in tenants' namespaces that others change, delete or put there; what
 * Berth writes, and what controllers say of an object's status, is no drift. A report is remembered
 * after it was delivered, so a listener that fails gets it again. An object that changes all the
 * time is reported no more for a while: its tenant is checked by the clock.
 */
final class ObjectWatch implements AutoCloseable {

  private static final String TENANTS = "tenant-";
  private static final Duration LONGEST_LISTING = Duration.ofMinutes(1);
  private static final int MOST_REPORTS = 10;
  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final ApiServer api;
  private final Kind kind;
  private final String path;
  private final Clock clock;
  private final Consumer<Drift> listener;
  private final EndlessWatch watch;
  private final Recurrence<String> reports;
  private final Map<String, Sighting> seen = new HashMap<>();

  ObjectWatch(ApiServer api, EndlessWatch.Patience patience, Kind kind, Consumer<Drift> listener) {
    this.api = api;
    this.kind = kind;
    this.path = ApiPath.everywhere(kind) + "?limit=500" + selector(kind);
    this.clock = patience.clock();
    this.listener = listener;
    this.reports = new Recurrence<>(MOST_REPORTS, WINDOW, clock);
    this.watch = new EndlessWatch(api, patience, path, this::list, this::changed);
  }

  /** Bindings that Berth did not make count too, and have no label. */
  private static String selector(Kind kind) {
    return kind == Kind.RoleBinding ? "" : "&labelSelector=" + Ownership.TENANT.replace("/", "%2F");
  }

  void start() {
    watch.start();
  }

  @Override
  public void close() {
    watch.close();
  }

  private String list() {
    Map<String, Sighting> now = new HashMap<>();
    String version =
        Pages.read(
            api,
            path,
            clock.instant().plus(LONGEST_LISTING),
            live -> {
              if (isTenants(live)) {
                now.put(key(live), Sighting.of(kind, live));
              }
            });
    List.copyOf(seen.keySet()).stream().filter(key -> !now.containsKey(key)).forEach(this::forget);
    now.forEach(this::follow);
    return version;
  }

  private void changed(JsonNode event) {
    Live live = new Live(event.path("object"));
    if (!isTenants(live)) {
      return;
    }
    if (event.path("type").asText().equals("DELETED")) {
      forget(key(live));
    } else {
      follow(key(live), Sighting.of(kind, live));
    }
  }

  private void forget(String key) {
    if (seen.containsKey(key)) {
      report(key);
      seen.remove(key);
    }
  }

  private void follow(String key, Sighting now) {
    @Nullable Sighting before = seen.get(key);
    if (now.isDriftAfter(before)) {
      report(key);
    }
    seen.put(key, now);
  }

  private void report(String key) {
    if (!reports.isExcessive(key)) {
      listener.accept(new Drift(key.substring(0, key.indexOf('/')), kind));
      reports.note(key);
    }
  }

  private boolean isTenants(Live live) {
    return namespace(live).startsWith(TENANTS);
  }

  private String key(Live live) {
    return namespace(live) + "/" + live.name();
  }

  private String namespace(Live live) {
    return kind == Kind.Namespace ? live.name() : live.json().at("/metadata/namespace").asText();
  }
}
