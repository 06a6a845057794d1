package dev.berth.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong before anything is sent. */
class ServerTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"secret-1\nsecret-2", "secret\u0007", "secret \u00e4", "Bearer secret", ""})
  void whatIsNoTokenIsNotRepeated(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), content);

    Line line = Line.now("status", "--url", "http://127.0.0.1:1", "--token-file", file.toString());

    assertThat(line.code()).isEqualTo(1);
    assertThat(line.err())
        .contains(file + " holds no token", "--token-file")
        .doesNotContain("secret");
    assertThat(line.err().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:8080", "berth.example.com", "ftp://berth.example.com", "http:/x"})
  void whatIsNoAddressIsNamed(String url) {
    Line line = Line.now("status", "--url", url);

    assertThat(line.code()).isEqualTo(2);
    assertThat(line.err())
        .startsWith("berth: " + url + " is no address of an API")
        .contains("--url");
    assertThat(line.err().lines()).hasSize(1);
  }

  @Test
  void theLastLineOfAFileMayEnd() throws IOException {
    Path file = Files.writeString(folder.resolve("token"), "abc.def\r\n");
    assertThat(
            Line.now("status", "--url", "http://127.0.0.1:1", "--token-file", file.toString())
                .err())
        .contains("Berth does not answer");
  }
}
