package dev.berth.history.plot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Histories that are played side by side, and the troubles that they share: all of it follows from
 * the seed.
 *
 * @param silent whether connections fall silent, which takes long to notice
 */
public record Round(long seed, int histories, int scenes, boolean silent) {

  /** A seed that is divided by 5 falls silent in the long form. */
  public static Round of(long seed, int histories, boolean inFull) {
    return new Round(seed, histories, inFull ? 2 : 1, inFull && seed % 5 == 0);
  }

  public Duration length() {
    return ClusterPlot.length(scenes, silent);
  }

  public List<Trouble> troubles() {
    return ClusterPlot.of(new Random(seed), scenes, silent);
  }

  /** Of each history its steps. */
  List<List<Step>> plots() {
    List<List<Step>> plots = new ArrayList<>();
    for (int history = 0; history < histories; history++) {
      plots.add(
          TenantPlot.of(
              new Random(seed * 1_000 + history),
              "s%dh%02d".formatted(seed, history),
              length().minusSeconds(2)));
    }
    return plots;
  }

  public List<Step> steps() {
    return plots().stream().flatMap(List::stream).sorted(Comparator.comparing(Step::at)).toList();
  }
}
