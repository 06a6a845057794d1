package dev.berth.delivery.disorder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.delivery.evidence.TenantEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** What an event is by itself, by the tables of docs/contract.md. */
enum Reading {
  SNAPSHOT,
  OFFBOARDING,
  /** Expired, or for another cluster. */
  WITHOUT_EFFECT,
  REJECTED,
  REFUSED;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final long GENERATION_GAP = 1_000_000;
  private static final Set<String> SNAPSHOTS = Set.of("created", "updated", "plan-changed");
  private static final Set<String> NOT_SUPPORTED_YET =
      Set.of("suspended", "resumed", "hibernated", "offboarding-cancelled", "purge-approved");

  static Reading of(TenantEvent event) {
    String type = event.type().replaceAll("^dev\\.berth\\.tenant\\.|\\.v1$", "");
    JsonNode data = data(event);
    if (NOT_SUPPORTED_YET.contains(type)) {
      return REJECTED;
    }
    if (!SNAPSHOTS.contains(type)) {
      return type.equals("offboarding-requested") ? OFFBOARDING : REFUSED;
    }
    if (data.path("owners").isEmpty()) {
      return REJECTED;
    }
    if (event.more().containsKey("expirytime")
        || !data.path("cluster").asText("local").equals("local")) {
      return WITHOUT_EFFECT;
    }
    return generation(event) > GENERATION_GAP ? REJECTED : SNAPSHOT;
  }

  static long generation(TenantEvent event) {
    return data(event).path("generation").asLong();
  }

  static JsonNode data(TenantEvent event) {
    try {
      return JSON.readTree(event.data());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean mayWin() {
    return this == SNAPSHOT || this == OFFBOARDING;
  }
}
