package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {

  private static final Path EXAMPLES =
      Path.of("src/main/resources/META-INF/resources/contract/examples");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyPublishedExampleIsJudgedAsItsNameSays() throws IOException {
    try (Stream<Path> types = Files.list(EXAMPLES)) {
      return types.filter(ValidateTest::isRead).toList().stream()
          .flatMap(ValidateTest::files)
          .map(file -> DynamicTest.dynamicTest(file.toString(), () -> judge(file)));
    }
  }

  private void judge(Path file) {
    String type = file.getParent().getFileName().toString();
    String name = file.getFileName().toString();

    Line line = Line.of("validate", "--type", type, "--tenant", "acme", file.toString());

    if (name.startsWith("ok-")) {
      assertThat(line).isEqualTo(new Line(0, file + ": valid\n", ""));
    } else {
      assertThat(line.code()).isEqualTo(1);
      assertThat(line.out()).isEmpty();
      assertThat(line.err()).startsWith(file + ": " + name.split("-")[1] + ": ").contains("\n  /");
    }
  }

  @Test
  void aStructuredEventIsCheckedWithItsAttributes() throws IOException {
    String event =
        """
        {"specversion": "1.0", "id": "1", "source": "/cp", "type": "dev.berth.tenant.offboarding-requested.v1",
         "subject": "acme", "data": {"generation": 4, "reason": "left"}}
        """;
    Path good = Files.writeString(folder.resolve("good.json"), event);
    Path bad = Files.writeString(folder.resolve("bad.json"), event.replace("acme", "Acme"));

    Line line = Line.of("validate", good.toString(), bad.toString());

    assertThat(line.code()).isEqualTo(1);
    assertThat(line.out()).isEqualTo(good + ": valid\n");
    assertThat(line.err())
        .startsWith(bad + ": InvalidTenantId: a tenant id has 1 to 40 characters");
  }

  @Test
  void whatAForgerWroteDoesNotReachTheTerminal() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("x.json"),
            """
            {"specversion": "1.0", "id": "1", "source": "/cp", "type": "\\u001b[2J", "subject": "acme", "data": {}}
            """);

    Line line = Line.of("validate", file.toString());

    assertThat(line.code()).isEqualTo(1);
    assertThat(line.err()).doesNotContain("\u001b");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Line line = Line.of("validate", "nowhere.json");

    assertThat(line.code()).isEqualTo(1);
    assertThat(line.err()).startsWith("berth: nowhere.json cannot be read");
  }

  private static boolean isRead(Path type) {
    String name = type.getFileName().toString();
    return name.startsWith("dev.berth.tenant.") && !name.contains(".state.");
  }

  private static Stream<Path> files(Path type) {
    try (Stream<Path> files = Files.list(type)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
