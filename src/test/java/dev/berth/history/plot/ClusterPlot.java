package dev.berth.history.plot;

import dev.berth.history.plot.Trouble.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The troubles that all histories of a round share. They come in scenes: a guard is lost while the
 * database is away or a replica dies, and between scenes everything is whole.
 */
final class ClusterPlot {
  private static final Duration PRELUDE = Duration.ofSeconds(10);
  private static final Duration BREATH = Duration.ofSeconds(6);
  private static final Duration SCENE = Duration.ofSeconds(40);

  /** A silent watch may stay unnoticed for 90 s. */
  private static final Duration SILENT_SCENE = Duration.ofSeconds(130);

  private static final List<Kind> GUARDS =
      List.of(
          Kind.BINDING_LOST,
          Kind.BINDING_LOST,
          Kind.POLICY_LOST,
          Kind.POLICY_ALTERED,
          Kind.CLASS_LOST,
          Kind.CLASS_ANEW,
          Kind.CLASS_ANEW);
  private static final List<Kind> OUTAGES =
      List.of(
          Kind.DATABASE_REFUSES, Kind.DATABASE_REFUSES, Kind.DATABASE_LOCKED, Kind.DATABASE_FROZEN);

  private final RandomGenerator random;
  private final List<Trouble> troubles = new ArrayList<>();

  private ClusterPlot(RandomGenerator random) {
    this.random = random;
  }

  static List<Trouble> of(RandomGenerator random, int scenes, boolean silent) {
    ClusterPlot plot = new ClusterPlot(random);
    for (int scene = 0; scene < (silent ? 1 : scenes); scene++) {
      Duration begin = PRELUDE.plus(SCENE.plus(BREATH).multipliedBy(scene));
      plot.scene(begin, silent);
    }
    if (plot.chance(80)) {
      Duration from = PRELUDE.minus(plot.millis(3_000, 10_000));
      plot.add(Kind.NARROW_CLASS, from, length(scenes, silent));
    }
    plot.troubles.sort(Comparator.comparing(Trouble::from));
    return plot.troubles;
  }

  static Duration length(int scenes, boolean silent) {
    return silent
        ? PRELUDE.plus(SILENT_SCENE)
        : PRELUDE.plus(SCENE.plus(BREATH).multipliedBy(scenes)).minus(BREATH);
  }

  private void scene(Duration begin, boolean silent) {
    Duration end = begin.plus(silent ? SILENT_SCENE : SCENE);
    Duration lost = begin.plus(millis(3_000, 6_000));
    if (silent || chance(80)) {
      add(one(GUARDS), lost, end.minus(millis(0, 2_000)));
    }
    if (silent) {
      silence(begin, lost);
    } else {
      outages(begin, lost);
    }
    comingsAndGoings(begin, end);
  }

  /** What only shows after long: connections that swallow, or a lock beyond every timeout. */
  private void silence(Duration begin, Duration lost) {
    if (chance(75)) {
      int both = 2;
      troubles.add(
          new Trouble(
              Kind.HALF_OPEN,
              begin,
              begin.plusSeconds(2),
              Math.min(both, random.nextInt(2 * both))));
    } else {
      add(Kind.DATABASE_LOCKED, lost.minusSeconds(2), lost.plusSeconds(38));
    }
  }

  private void outages(Duration begin, Duration lost) {
    if (chance(60)) {
      Duration from = lost.plus(millis(-2_500, 1_500));
      add(one(OUTAGES), from, from.plus(millis(3_000, 7_000)));
    }
    if (chance(45)) {
      // Half of them in the moment in which the guard goes.
      Duration from =
          random.nextBoolean() ? lost.plus(millis(-1_500, 500)) : begin.plus(millis(0, 22_000));
      add(Kind.REPLICA_KILLED, from, from.plus(millis(100, 4_000)));
    }
  }

  private void comingsAndGoings(Duration begin, Duration end) {
    if (chance(45)) {
      Duration from = begin.plus(millis(0, 12_000));
      Kind nodes = random.nextBoolean() ? Kind.NODES_CORDONED : Kind.NODES_GONE;
      add(nodes, from, from.plus(millis(12_000, 26_000)));
    }
    if (chance(50)) {
      Duration from = begin.plus(millis(-6_000, 4_000));
      add(Kind.SECOND_CLASS, from, end);
      if (chance(50)) {
        add(Kind.SECOND_CLASS_ANEW, from.plus(millis(3_000, 10_000)), end.minusMillis(500));
      }
    }
    if (chance(40)) {
      Duration from = begin.plus(millis(0, 15_000));
      add(Kind.PLAN_WITHDRAWN, from, from.plus(millis(4_000, 15_000)));
    }
  }

  private void add(Kind kind, Duration from, Duration until) {
    troubles.add(new Trouble(kind, from, until, random.nextInt(1_000)));
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private Duration millis(int from, int until) {
    return Duration.ofMillis(random.nextInt(from, until));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
