package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.azure.LocalAzure;
import dev.berth.local.process.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Three tenants on three plans, sent once and waited for. */
final class SampleTenants {
  private static final Duration TELL = Duration.ofSeconds(15);

  private final BerthApi berth;
  private final Progress progress;

  SampleTenants(BerthApi berth, Progress progress) {
    this.berth = berth;
    this.progress = progress;
  }

  static Map<String, String> planByTenant() {
    Map<String, String> plans = new LinkedHashMap<>();
    if (LocalAzure.isAskedFor()) {
      List.of("tyrell", "wonka", "cyberdyne").forEach(tenant -> plans.put(tenant, LocalAzure.PLAN));
      return plans;
    }
    plans.put("acme", "team");
    plans.put("initech", "starter");
    plans.put("hooli", "enterprise");
    return plans;
  }

  /**
   * Those that Berth already knows are left as they are: a person may have changed or offboarded
   * them.
   */
  void sendMissing(String bootstrapServers) throws IOException {
    try (TenantEvents events = new TenantEvents(bootstrapServers)) {
      for (Map.Entry<String, String> sample : planByTenant().entrySet()) {
        if (berth.tenant(sample.getKey()).isEmpty()) {
          events.created(sample.getKey(), sample.getValue(), 1);
        }
      }
    }
  }

  /** As Berth tells them, once each is ready or at rest; empty if the run ends before. */
  Optional<List<JsonNode>> awaitSettled(BooleanSupplier goesOn) throws InterruptedException {
    long tellAt = System.nanoTime() + TELL.toNanos();
    while (goesOn.getAsBoolean()) {
      List<JsonNode> tenants = known();
      if (tenants.size() == planByTenant().size()
          && tenants.stream().allMatch(SampleTenants::isSettled)) {
        return Optional.of(tenants);
      }
      if (System.nanoTime() > tellAt) {
        tellAt = System.nanoTime() + TELL.toNanos();
        tenants.forEach(tenant -> progress.say("waiting for tenant " + line(tenant)));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return Optional.empty();
  }

  private List<JsonNode> known() {
    List<JsonNode> tenants = new ArrayList<>();
    for (String id : planByTenant().keySet()) {
      try {
        berth.tenant(id).ifPresent(tenants::add);
      } catch (IOException reloading) {
        // Berth restarts when a source file changes: the next look finds it again.
      }
    }
    return tenants;
  }

  private static boolean isSettled(JsonNode tenant) {
    return List.of("READY", "OFFBOARDED").contains(tenant.path("phase").asText());
  }

  static String line(JsonNode tenant) {
    return "%-10s %-14s %-12s %s"
        .formatted(
            tenant.path("tenantId").asText(),
            tenant.path("plan").asText(),
            tenant.path("phase").asText(),
            tenant.path("message").asText());
  }
}
