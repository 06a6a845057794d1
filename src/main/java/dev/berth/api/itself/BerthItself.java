package dev.berth.api.itself;

import dev.berth.api.figures.Figures;
import dev.berth.api.itself.BerthView.BacklogView;
import dev.berth.api.itself.BerthView.CheckView;
import dev.berth.api.itself.BerthView.Identity;
import dev.berth.api.itself.BerthView.PoliciesView;
import dev.berth.api.itself.BerthView.Readiness;
import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.Activity;
import dev.berth.provisioning.ProvisioningConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Brings together what this replica knows of itself. */
@ApplicationScoped
public class BerthItself {

  private final SmallRyeHealthReporter health;
  private final Supplier<ClusterFacts> facts;
  private final Activity activity;
  private final Figures figures;
  private final Clock clock;
  private final ProvisioningConfig config;
  private final String version;
  private volatile Instant since = Instant.EPOCH;

  BerthItself(
      SmallRyeHealthReporter health,
      Supplier<ClusterFacts> facts,
      Activity activity,
      Figures figures,
      Clock clock,
      ProvisioningConfig config,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.health = health;
    this.facts = facts;
    this.activity = activity;
    this.figures = figures;
    this.clock = clock;
    this.config = config;
    this.version = version;
  }

  void onStart(@Observes StartupEvent start) {
    since = clock.instant();
  }

  public BerthView now() {
    Instant worked = activity.last();
    return new BerthView(
        new Identity(version, config.cluster(), mode(), since),
        readiness(),
        PoliciesView.of(facts.get()),
        worked.equals(Instant.EPOCH) ? null : worked,
        figures.ifReadable().map(it -> BacklogView.of(it.readAt(), it.backlog())).orElse(null));
  }

  /** What this replica needs for all of its work, and whether it has it. */
  public Readiness readiness() {
    SmallRyeHealth ready = health.getReadiness();
    return new Readiness(
        !ready.isDown(), ready.getPayload().getJsonArray("checks").getValuesAs(BerthItself::check));
  }

  private String mode() {
    return config.mode().name().toLowerCase(Locale.ROOT);
  }

  private static CheckView check(JsonValue value) {
    JsonObject check = value.asJsonObject();
    Map<String, Object> data = new LinkedHashMap<>();
    check
        .getOrDefault("data", JsonValue.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .forEach((name, each) -> data.put(name, plain(each)));
    return new CheckView(check.getString("name"), check.getString("status").equals("UP"), data);
  }

  private static Object plain(JsonValue value) {
    return switch (value) {
      case JsonString text -> text.getString();
      case JsonNumber number -> number.longValue();
      default -> value.equals(JsonValue.TRUE);
    };
  }
}
