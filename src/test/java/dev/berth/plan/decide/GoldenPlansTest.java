package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What is planned for each folder of {@code src/test/resources/plans}. To take over what the
 * planner says now, and then review the difference: {@code -Dgolden.update=true}.
 */
class GoldenPlansTest {

  @TestFactory
  Stream<DynamicNode> everyFolderHoldsWhatIsPlanned() {
    return PlanCase.all().stream().flatMap(GoldenPlansTest::tests);
  }

  private static Stream<DynamicTest> tests(PlanCase folder) {
    return Stream.of(
        dynamicTest(folder.name() + "/out-work.yaml", () -> compare(folder)),
        dynamicTest(
            folder.name() + " has no unused files",
            () -> {
              folder.work();
              folder.file("out-work.yaml");
              // Compared by the test of the manifests.
              folder.file("out-manifests.yaml");
              assertThat(folder.unused()).isEmpty();
            }));
  }

  private static void compare(PlanCase folder) throws IOException {
    String actual = Transcript.of(folder.work());
    Path expected = folder.file("out-work.yaml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(expected, actual);
    }
    assertThat(expected).exists();
    assertThat(actual).isEqualTo(Files.readString(expected));
  }
}
