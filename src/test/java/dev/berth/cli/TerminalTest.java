package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.cli.terminal.Printer;
import dev.berth.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** Nothing that others wrote makes a terminal obey, or a text look like another. */
class TerminalTest {

  /** Colours, a bell, C1, bidirectional, a joiner, tags, a line separator, a lone surrogate. */
  private static final String HOSTILE =
      "a\u001b[31mb\u0007c\u009b2Jd\u202ee\u200df\uDB40\uDC41g\u2028h\uD800i\u007fj";

  private static final String HARMLESS = "Größe <b>&amp; 漢字 \"x\"\t1";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"table", "wide", "name", "json", "yaml"})
  void noFormatLetsItThrough(String format) throws Exception {
    String out = printed(format, HOSTILE);

    assertThat(out.lines()).allMatch(line -> line.codePoints().noneMatch(TerminalTest::isUnsafe));
    assertThat(out).contains("a");
    assertThat(printed(format, HARMLESS))
        .contains(format.equals("json") ? "Größe <b>&amp; 漢字" : "Größe");
  }

  /** What a script reads is what was written. */
  @Test
  void documentsSayTheSame() throws Exception {
    String whole = HOSTILE.replace("\uD800", "");
    assertThat(JsonMapper.builder().build().readTree(printed("json", whole)).path("id").asText())
        .isEqualTo(whole);
    assertThat(new Load(LoadSettings.builder().build()).loadFromString(printed("yaml", whole)))
        .isEqualTo(Map.of("id", whole));
  }

  @Test
  void whatAnyCommandSaysPassesTheSameWay() throws Exception {
    Path file = folder.resolve("event.json");
    Files.writeString(file, "{\"specversion\":\"1.0\",\"" + "x\u202e\u009b" + "\":1}");

    for (Line line :
        new Line[] {
          Line.of("validate", file.toString()),
          Line.of("no-such\u001b[31m"),
          Line.of("get", "x", "--url", "http://127.0.0.1:1/\u202e"),
          Line.of("status", "--url", "http://127.0.0.1:1", "--token-file", "/no\u009bfile")
        }) {
      assertThat(line.code()).isNotZero();
      assertThat((line.out() + line.err()).lines())
          .isNotEmpty()
          .allMatch(text -> text.codePoints().noneMatch(TerminalTest::isUnsafe));
    }
  }

  @Test
  void linesAndTabsPassAndAReturnThatHidesALineDoesNot() {
    StringWriter text = new StringWriter();
    PrintWriter out = Terminal.to(new PrintWriter(text));
    out.print("a\tb\nc\r\nd\re");
    out.write('\u001b');
    out.write(new char[] {'x', '\u202e', 'y'}, 1, 2);
    out.flush();
    assertThat(text).hasToString("a\tb\nc\r\nd\uFFFDe\uFFFD\uFFFDy");
  }

  private static boolean isUnsafe(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\t';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** As a command does it that was asked for that format. */
  private static String printed(String format, String id) throws Exception {
    JsonNode answer = JsonMapper.builder().build().createObjectNode().put("id", id);
    Printer printer = CommandLine.populateCommand(new Printer(), "-o", format);
    StringWriter text = new StringWriter();
    PrintWriter out = Terminal.to(new PrintWriter(text));
    printer.print(out, answer, new Printer.Table(1, List.of("ID"), List.of(List.of(id))));
    out.flush();
    return text.toString();
  }
}
