package dev.berth.manifest.tried;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.InstallationRules;
import dev.berth.manifest.rule.Rule;
import dev.berth.manifest.rule.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Overlays as people write them work, or it is seen at once that they do not. */
class UserOverlaysIT {
  private static final String FOLDER = "src/test/resources/overlays/";

  private static final List<Rule> RULES = Rules.SERVING;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "house",
        "annotations",
        "autoscaling",
        "common-labels",
        "csi-secret",
        "external-secret",
        "extra-labels",
        "own-plans",
        "private-ca"
      })
  void thisOneWorks(String overlay) {
    assertThat(Rules.faults(Rendering.of(FOLDER + overlay), RULES)).isEmpty();
  }

  @Test
  void moreReplicasAreStillWhole() {
    assertThat(Rules.faults(Rendering.of(FOLDER + "more-replicas"), RULES))
        .containsExactly("there are two replicas: does not hold");
  }

  @Test
  void theImageOfAnOverlayIsTheOneThatRuns() {
    assertThat(Rendering.of(FOLDER + "house").container().path("image").asText())
        .startsWith("registry.example.com/platform/berth@sha256:0123");
  }

  /** What a cluster then says is in brackets: each keeps the pods from starting. */
  @ParameterizedTest
  @CsvSource({
    // ErrImagePull, with an image that says what to do
    "no-image, the image is named by the overlay",
    "image-of-another-name, the image is named by the overlay",
    // FailedMount: configmap not found
    "config-without-namespace, there is no ConfigMap berth next to the Deployment",
    // refused by the API server: more than one volume type
    "csi-beside-secret, secret has 2 sources",
    // FailedCreate: serviceaccount not found
    "other-namespace, Deployment berth is in namespace 'tenants'",
    // Berth does not start
    "misspelt-setting, berth.clutser is not in docs/configuration.md",
    "misspelt-setting, nothing sets berth.cluster",
  })
  void thisOneIsNotTaken(String overlay, String fault) {
    assertThat(Rules.faults(Rendering.of(FOLDER + overlay), RULES))
        .anySatisfy(it -> assertThat(it).contains(fault));
  }

  /** Berth reads its own name from its token, and ends the start. */
  @ParameterizedTest
  @ValueSource(strings = {"other-namespace-for-k8s", "name-prefix-for-k8s"})
  void anotherAccountIsNotTheOneOfThePolicies(String overlay) {
    assertThat(Rules.faults(Rendering.of(FOLDER + overlay), InstallationRules.ALL)).isNotEmpty();
  }

  @Test
  void aConfigThatIsMergedIntoNothingIsNotRendered() {
    assertThatThrownBy(() -> Rendering.of(FOLDER + "config-merged-into-nothing"))
        .hasMessageContaining("does not exist; cannot merge or replace");
  }

  @Test
  void theFirstOneIsTheOneOfThePapers() throws IOException {
    String paper = Files.readString(Rendering.PROJECT.resolve("docs/operate.md"));
    try (Stream<Path> files = Files.list(Rendering.PROJECT.resolve(FOLDER + "house"))) {
      for (Path file : files.toList()) {
        assertThat(paper).contains(Files.readString(file).replace("../../../../../", "../berth/"));
      }
    }
  }
}
