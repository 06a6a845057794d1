package dev.berth.journey.stage;

import dev.berth.local.PartsResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;

/**
 * Berth with its defaults, but impatient with stray namespaces and in no hurry to verify what it
 * opened, on all three parts and on a catalogue that can grow.
 */
public class OnRealParts implements QuarkusTestProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("berth.work.sweep", "3s", "berth.isolation.after", "1h");
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(PartsResource.class), new TestResourceEntry(PlanFolder.class));
  }
}
