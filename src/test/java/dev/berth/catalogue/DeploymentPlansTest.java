package dev.berth.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans of k8s/deployment are the samples of the jar, for clusters that isolate networks. */
class DeploymentPlansTest {

  private static final Path DEPLOYED = Path.of("k8s/deployment/plans");
  private static final Path SAMPLES = Path.of("src/main/resources/plans");

  @ParameterizedTest
  @ValueSource(strings = {"enterprise", "starter", "team"})
  void aDeployedPlanRequiresAnEngineAndIsElseItsSample(String name) throws IOException {
    String deployed = Files.readString(DEPLOYED.resolve(name + ".yaml"));
    String sample = Files.readString(SAMPLES.resolve(name + ".yaml"));

    Plan plan = Plans.parse(deployed);

    assertThat(plan.network().requireEngine()).isTrue();
    assertThat(Plans.parse(sample.replace("requireEngine: false", "requireEngine: true")))
        .isEqualTo(plan);
  }

  @Test
  void everyPlanIsInTheConfigMap() throws IOException {
    String kustomization = Files.readString(DEPLOYED.resolveSibling("kustomization.yaml"));
    try (var files = Files.list(DEPLOYED)) {
      List<String> names = files.map(file -> "plans/" + file.getFileName()).sorted().toList();

      assertThat(kustomization).contains("files: [" + String.join(", ", names) + "]");
    }
  }
}
