package dev.berth.monitoring;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.monitoring.stage.Shipped;
import dev.berth.monitoring.stage.Shipped.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who is woken by an alert finds a page that says what it means, what to look at, what to do. */
class RunbooksTest {

  private static final int MOST_LINES = 25;
  private static final Path DOCS = Path.of(System.getProperty("basedir", "")).resolve("docs");
  private static final Pattern PAGE = Pattern.compile("\\]\\((\\S+?\\.md)(?:#([^)]+))?\\)");

  private final List<Alert> alerts = Shipped.alerts();

  @Test
  void everyAlertHasAPageAndEveryPageAnAlert() {
    assertThat(alerts.stream().map(Alert::name).collect(toSet()))
        .isEqualTo(Shipped.runbooks().keySet());
  }

  @Test
  void everyAlertLeadsToItsPage() {
    assertThat(alerts)
        .allSatisfy(alert -> {
          assertThat(alert.annotations().path("runbook_url").asText())
              .isEqualTo("https://docs.example.com/berth/runbooks/" + alert.name() + ".md");
          assertThat(alert.annotations().path("summary").asText()).isNotBlank();
          assertThat(alert.annotations().path("description").asText()).endsWith(".");
          assertThat(alert.severity()).isIn("critical", "warning");
        });
  }

  @Test
  void everyPageSaysWhatItMeansWhatToCheckAndHowToMendItInFewLines() {
    assertThat(Shipped.runbooks()).isNotEmpty();
    Shipped.runbooks()
        .forEach((name, page) -> {
          assertThat(page).as(name).startsWith("# " + name + "\n\n");
          assertThat(page).as(name).containsSubsequence("\n## Check\n\n- ", "\n## Mend\n\n- ");
          assertThat(page.lines().count()).as(name).isLessThanOrEqualTo(MOST_LINES);
        });
  }

  @Test
  void everyAlertIsInTheTableForOperators() throws IOException {
    String table = Files.readString(DOCS.resolve("operate.md"));
    assertThat(Shipped.runbooks().keySet())
        .allSatisfy(
            name -> assertThat(table).contains("| [%s](runbooks/%s.md) |".formatted(name, name)));
  }

  @Test
  void theirLinksLeadSomewhere() {
    Shipped.runbooks()
        .forEach((name, page) ->
            assertThat(PAGE.matcher(page).results()).as(name).allMatch(RunbooksTest::leads));
  }

  private static boolean leads(MatchResult link) {
    Path page = DOCS.resolve("runbooks").resolve(link.group(1)).normalize();
    try {
      return link.group(2) == null
          || Files.readString(page)
              .lines()
              .filter(line -> line.startsWith("#"))
              .map(line -> line.replaceFirst("^#+ ", "").toLowerCase().replace(' ', '-'))
              .anyMatch(link.group(2)::equals);
    } catch (IOException e) {
      return false;
    }
  }
}
