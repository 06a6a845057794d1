package dev.berth.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.event.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import picocli.CommandLine.Option;

/**
 * Results in the form that was asked for. Nothing that others wrote reaches a terminal unescaped.
 */
@SuppressWarnings("NullAway.Init")
public final class Printer {

  /** How a result is written. */
  enum Format {
    table,
    wide,
    name,
    json,
    yaml
  }

  /** As long as a message can be. */
  private static final int LONGEST = 1024;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "One of ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
  private Format format;

  /**
   * Writes the answer as it is, or as the table.
   *
   * @param table its first column is the name
   */
  public void print(PrintWriter out, JsonNode answer, Table table) {
    print(out, answer, table, table);
  }

  /**
   * Writes the answer as it is, or as the table.
   *
   * @param named whose first column is the name
   */
  public void print(PrintWriter out, JsonNode answer, Table table, Table named) {
    switch (format) {
      case json -> out.println(json(answer));
      case yaml -> out.print(yaml(answer));
      case name -> named.rows().forEach(row -> out.println(printable(row.getFirst())));
      case table -> lines(table.narrowed()).forEach(out::println);
      case wide -> lines(table).forEach(out::println);
    }
  }

  /** Whether a person reads the result, so that words around it do no harm. */
  public boolean isForPeople() {
    return format == Format.table || format == Format.wide;
  }

  /** Says where the next page begins, if there is one. */
  public static void tellMore(PrintWriter err, JsonNode page) {
    JsonNode next = page.path("nextCursor");
    if (next.isTextual()) {
      err.println("berth: there are more: --cursor " + next.asText());
    }
  }

  /** A member of an answer as text; empty where there is none. */
  public static String text(JsonNode object, String member) {
    JsonNode value = object.path(member);
    return value.isNull() ? "" : value.asText();
  }

  /**
   * A result for people.
   *
   * @param narrow how many columns there are unless it is to be wide
   * @param headings all empty = the rows speak for themselves
   */
  public record Table(int narrow, List<String> headings, List<List<String>> rows) {

    Table narrowed() {
      return new Table(
          narrow,
          headings.subList(0, narrow),
          rows.stream().map(row -> row.subList(0, narrow)).toList());
    }
  }

  private static List<String> lines(Table table) {
    Stream<List<String>> heading =
        table.headings().stream().allMatch(String::isEmpty)
            ? Stream.empty()
            : Stream.of(table.headings());
    List<List<String>> all =
        Stream.concat(heading, table.rows().stream())
            .map(row -> row.stream().map(Printer::printable).toList())
            .toList();
    List<Integer> widths =
        IntStream.range(0, table.headings().size())
            .mapToObj(i -> all.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toList();
    return all.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i)).repeat(' ', widths.get(i) - row.get(i).length() + 2);
    }
    return line.toString().stripTrailing();
  }

  private static String printable(String cell) {
    return cell.isEmpty() ? "-" : Printable.of(cell, LONGEST);
  }

  private static String json(JsonNode answer) {
    try {
      return Terminal.escaped(
          JsonText.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values could not be written", e);
    }
  }

  private static String yaml(JsonNode answer) {
    String text = yaml(answer, true);
    return Terminal.isSafe(text) ? text : yaml(answer, false);
  }

  /**
   * The answer as YAML.
   *
   * @param unicode false = all but ASCII is escaped
   */
  private static String yaml(JsonNode answer, boolean unicode) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setUseUnicodeEncoding(unicode)
            .build();
    return new Dump(settings).dumpToString(JsonText.MAPPER.convertValue(answer, Object.class));
  }
}
