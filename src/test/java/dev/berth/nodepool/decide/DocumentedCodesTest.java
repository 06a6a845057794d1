package dev.berth.nodepool.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.decide.CloudFault.Repeat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of failures in docs/aks.md says what is done. */
class DocumentedCodesTest {

  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("docs/aks.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (.*`[A-Z]\\w+`.*) \\| `(\\w+)` \\| (later|once|never)\\b.* \\| .* \\|");
  private static final Pattern CODE = Pattern.compile("`(\\w+)`");
  private static final Map<String, Repeat> AGAIN =
      Map.of(
          "later", Repeat.LATER,
          "once", Repeat.AGAIN_ONCE,
          "never", Repeat.NEVER_UNTIL_CHANGE);

  @Test
  void everyCodeHasTheReasonAndTheRepetitionThatAreDocumented() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream().filter(row -> ROW.matcher(row).matches()).toList();

    assertThat(rows).hasSizeGreaterThan(10).allSatisfy(DocumentedCodesTest::isTrue);
  }

  private static void isTrue(String line) {
    var row = ROW.matcher(line);
    assertThat(row.matches()).isTrue();
    assertThat(CODE.matcher(row.group(1)).results().map(code -> code.group(1)))
        .isNotEmpty()
        .allSatisfy(code -> {
          CloudCodes.Meaning known = CloudCodes.of(new CloudFailure(code, "", null, null));
          assertThat(CloudCodes.known(code)).contains(code);
          assertThat(known.reason()).as(code).hasToString(row.group(2));
          assertThat(known.repeat()).as(code).isEqualTo(AGAIN.get(row.group(3)));
        });
  }
}
