package dev.berth.journey;

import dev.berth.local.PartsResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;

/** Berth with its defaults, on all three parts and on a catalogue that can grow. */
public class OnRealParts implements QuarkusTestProfile {

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(
        new TestResourceEntry(PartsResource.class), new TestResourceEntry(PlanFolder.class));
  }
}
