package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.plan.Operation.Write;
import dev.berth.plan.decide.PlanCase;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * What each folder of {@code src/test/resources/plans} comes to in the cluster, in the order of its
 * operations. To take over what is said now, and then review the difference: {@code
 * -Dgolden.update=true}.
 */
class GoldenManifestsTest {

  private static final UUID INSTALLATION = new UUID(0, 1);

  @TestFactory
  Stream<DynamicTest> everyFolderHoldsItsManifests() {
    return PlanCase.all().stream()
        .filter(folder -> !written(folder).isEmpty())
        .map(f -> DynamicTest.dynamicTest(f.name() + "/out-manifests.yaml", () -> compare(f)));
  }

  private static List<Write> written(PlanCase folder) {
    return folder.work().operations().stream()
        .filter(Write.class::isInstance)
        .map(Write.class::cast)
        .toList();
  }

  private static void compare(PlanCase folder) throws IOException {
    Assignment assignment = new Assignment(Owner.of(folder.tenant()), INSTALLATION, Instant.MAX);
    Dump yaml =
        new Dump(
            DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setDereferenceAliases(true)
                .build());
    StringBuilder actual = new StringBuilder();
    for (Write write : written(folder)) {
      Object manifest =
          new ObjectMapper()
              .convertValue(Manifests.manifest(write.resource(), assignment), Object.class);
      actual.append(yaml.dumpToString(manifest));
    }
    Path expected = folder.file("out-manifests.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(expected).exists();
    assertThat(actual.toString()).isEqualTo(Files.readString(expected));
  }
}
