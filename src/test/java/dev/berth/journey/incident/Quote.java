package dev.berth.journey.incident;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;

/** What a page says of an answer: the lines that matter, without what differs from run to run. */
final class Quote {

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern AGE = Pattern.compile("(?<=  )\\d+[smh](?=  )");
  private static final Pattern FOLDER = Pattern.compile("/[\\w/.-]*/plans/");
  private static final Pattern GAP = Pattern.compile(" {3,}");

  private Quote() {}

  /** The lines with one of the words, below the command. */
  static String of(String command, String answer, List<String> words) {
    return answer
        .lines()
        .filter(line -> words.stream().anyMatch(line::contains))
        .map(Quote::masked)
        .collect(joining("\n", "$ " + command + "\n", "\n"));
  }

  private static String masked(String line) {
    String even = GAP.matcher(line).replaceAll("  ");
    String timeless = AGE.matcher(TIME.matcher(even).replaceAll("<time>")).replaceAll("<age>");
    return FOLDER.matcher(ID.matcher(timeless).replaceAll("<id>")).replaceAll("plans/");
  }
}
