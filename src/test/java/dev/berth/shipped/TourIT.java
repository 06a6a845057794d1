package dev.berth.shipped;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.run.PackagedBerth;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tour of README.md, word by word, in a folder as a local run leaves it. */
class TourIT {

  private static final Path CLONE = Path.of(System.getProperty("basedir", ""), "target", "tour");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Pattern TOUR = Pattern.compile("## A tour\n(.*?)\n## ", Pattern.DOTALL);
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\$ (.*?)( +# .*)?$");

  private PackagedBerth berth;

  @BeforeEach
  void berthRuns() {
    berth = PackagedBerth.besideNewParts("tour/.berth");
    var replica = berth.asInALocalRun();
    replica.start();
    replica.awaitReady();
  }

  @AfterEach
  void endIt() {
    berth.close();
  }

  /** Words that a newcomer must find in what the commands say, one after the other. */
  private static Map<String, String> tour() {
    Map<String, String> tour = new LinkedHashMap<>();
    tour.put("send globex giant", "sent: created globex");
    tour.put("berth status", "PlanUnknown");
    tour.put("berth explain globex", "For the platform team: Release it");
    tour.put("sed", "");
    tour.put("berth get globex --watch", "READY");
    tour.put("send vandelay giant", "sent: created vandelay");
    tour.put("berth capacity", "vandelay");
    tour.put("berth explain vandelay", "For the platform team: Add nodes");
    tour.put("offboard globex", "sent: offboarding-requested globex");
    tour.put("berth get vandelay --watch", "READY");
    tour.put("send stark team /crm", "berth quarantine list");
    tour.put("berth quarantine list", "SourceNotAllowed");
    tour.put("berth quarantine replay --source /crm --dry-run", "REFUSED");
    tour.put("berth quarantine discard", "DONE");
    tour.put("berth status ", "READY");
    tour.put("offboard vandelay", "sent: offboarding-requested vandelay");
    return tour;
  }

  @Test
  void everyCommandWorksAsItIsWritten() throws IOException {
    List<String> commands = commands();
    List<Map.Entry<String, String>> expected = List.copyOf(tour().entrySet());
    assertThat(commands).hasSameSizeAs(expected);
    for (int i = 0; i < commands.size(); i++) {
      assertThat(commands.get(i)).contains(expected.get(i).getKey().strip());
      follows(commands.get(i), expected.get(i).getValue());
    }
  }

  /** What only reads is looked at again, as a person would. */
  private static void follows(String command, String words) throws IOException {
    boolean reads =
        command.matches("\\.berth/bin/berth (status|explain|capacity|quarantine list).*");
    if (command.endsWith("--watch")) {
      isSeen(command, words);
    } else if (reads) {
      await(command)
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(said(command)).contains(words));
    } else {
      assertThat(said(command)).as(command).contains(words);
    }
  }

  private static void isSeen(String command, String words) throws IOException {
    Process process = started("exec timeout %d %s".formatted(PATIENCE.toSeconds(), command));
    try (BufferedReader lines = process.inputReader()) {
      assertThat(lines.lines().anyMatch(line -> line.contains(words))).as(command).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private static String said(String command) throws IOException {
    Process process = started(command);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return said;
  }

  private static Process started(String command) throws IOException {
    Process process =
        new ProcessBuilder("bash", "-c", command)
            .directory(CLONE.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    return process;
  }

  private static List<String> commands() throws IOException {
    Path readme = Path.of(System.getProperty("basedir", ""), "README.md");
    var tour = TOUR.matcher(Files.readString(readme));
    assertThat(tour.find()).isTrue();
    return COMMAND.matcher(tour.group(1)).results().map(found -> found.group(1)).toList();
  }
}
