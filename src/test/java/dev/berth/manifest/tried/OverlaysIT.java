package dev.berth.manifest.tried;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.InstallationRules;
import dev.berth.manifest.rule.PlaceRules;
import dev.berth.manifest.rule.Rules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays of {@code k8s/} keep every rule. */
class OverlaysIT {

  @Test
  void onAksEverythingHolds() {
    assertThat(Rules.faults(Rendering.of("k8s/overlays/aks"), Rules.SERVING)).isEmpty();
  }

  @Test
  void onAMachineOfOnesOwnBerthIsAsHardAsAnywhere() {
    assertThat(Rules.faults(Rendering.of("k8s/overlays/local"), Rules.ANYWHERE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"k8s", "k8s/before-1.36"})
  void whatBerthNeedsInAClusterIsWhole(String folder) {
    assertThat(Rules.faults(Rendering.of(folder), InstallationRules.ALL)).isEmpty();
  }

  @Test
  void withoutAnOverlayNothingRuns() {
    Rendering alone = Rendering.of("k8s/deployment");

    assertThat(alone.container().path("image").asText())
        .isEqualTo("berth:name-your-image-in-the-overlay");
    assertThat(Rules.faults(alone, PlaceRules.ALL))
        .containsExactly(
            "every volume has one source, which is there: config: there is no ConfigMap berth next"
                + " to the Deployment");
  }
}
