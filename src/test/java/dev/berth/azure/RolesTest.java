package dev.berth.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The roles that are shipped for Berth's identity: no more than what is explained. */
class RolesTest {

  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));

  @Test
  void everyActionIsExplainedAndNoneDeletesOrIsAPattern() throws IOException {
    String explained = Files.readString(PROJECT.resolve("docs/aks.md"));

    assertThat(actions("berth-node-pools-role"))
        .hasSize(6)
        .containsAll(actions("berth-sizes-role"))
        .allSatisfy(action -> {
          assertThat(explained).contains("| `" + action + "` |");
          assertThat(action).matches("Microsoft(\\.\\w+|/\\w+)+/(read|write|join/action)");
        })
        .filteredOn(action -> !action.endsWith("/read"))
        .containsExactly(
            "Microsoft.ContainerService/managedClusters/agentPools/write",
            "Microsoft.Network/virtualNetworks/subnets/join/action");
  }

  private static List<String> actions(String role) throws IOException {
    JsonNode json =
        new ObjectMapper().readTree(PROJECT.resolve("k8s/azure/" + role + ".json").toFile());
    assertThat(json.path("DataActions")).isEmpty();
    List<String> actions = new ArrayList<>();
    json.path("Actions").forEach(action -> actions.add(action.asText()));
    return actions;
  }
}
