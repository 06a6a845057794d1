package dev.berth.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.plot.Round;
import dev.berth.history.plot.TenantPlot;
import dev.berth.local.process.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Tenants live through histories that nobody wrote, and a judge that knows nothing of Berth's code
 * looks on.
 *
 * <p>{@code -Dhistories.seed=7} plays one round again, {@code -Dhistories.rounds} and {@code
 * -Dhistories.per-round} say how many. {@code -Plong} plays at least 300.
 */
class HistoriesIT {
  private static final boolean LONG = Boolean.getBoolean("berth.long");
  private static final int PER_ROUND = Integer.getInteger("histories.per-round", LONG ? 15 : 10);
  private static final int ROUNDS = Integer.getInteger("histories.rounds", LONG ? 20 : 2);

  /** The first of the fixed seeds: with many troubles at once where there is time for one only. */
  private static final long FIXED = LONG ? 1 : 6;

  private final Progress progress = Progress.toConsole();
  private final Path folder = Path.of("target", "histories-" + ProcessHandle.current().pid());

  @Test
  void whatBerthPromisesHoldsInEveryHistory() throws Exception {
    Files.createDirectories(folder);
    List<String> found = new ArrayList<>();
    long begun = System.nanoTime();
    List<Long> seeds = seeds();
    try (Stage stage = new Stage(folder)) {
      for (long seed : seeds) {
        Round round = Round.of(seed, PER_ROUND, LONG);
        Stage.Outcome outcome = stage.play(round);
        progress.say(
            "histories: seed %d, %d histories, %d troubles, rest after %d s (last: %s), %d violations"
                .formatted(
                    seed,
                    PER_ROUND,
                    round.troubles().size(),
                    outcome.rest().toSeconds(),
                    outcome.last(),
                    outcome.violations().size()));
        for (Violation violation : outcome.violations()) {
          found.add(written(stage, seed, violation));
        }
      }
      progress.say(
          "histories: %d histories of %d steps, %d kills, troubles %s, answers %s, %d s, %d violations"
              .formatted(
                  seeds.size() * PER_ROUND,
                  TenantPlot.STEPS,
                  stage.kills(),
                  stage.played(),
                  stage.answers(),
                  Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                  found.size()));
    }
    assertThat(found).isEmpty();
  }

  /** Fixed ones, and the last one of a kind of its own each time. */
  private static List<Long> seeds() {
    Long one = Long.getLong("histories.seed");
    if (one != null) {
      return List.of(one);
    }
    long fresh = Clock.systemUTC().millis() / 1_000 % 10_000_000;
    return LongStream.concat(LongStream.range(FIXED, FIXED + ROUNDS - 1), LongStream.of(fresh))
        .boxed()
        .toList();
  }

  private String written(Stage stage, long seed, Violation violation) throws IOException {
    Path file =
        folder.resolve("%d-%s-%s.txt".formatted(seed, violation.rule(), violation.tenant()));
    String replay =
        "./mvnw verify -Dit.test=HistoriesIT -Dhistories.seed=%d -Dhistories.per-round=%d%s"
            .formatted(seed, PER_ROUND, LONG ? " -Plong" : "");
    String message = "seed %d: %s%nagain: %s".formatted(seed, violation, replay);
    Files.writeString(file, message + "\n" + stage.judge().story(violation.tenant()));
    progress.say(message + "\n" + stage.judge().story(violation.tenant()));
    return message + "\nthe whole story: " + file;
  }
}
