package dev.berth.history.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A seed is all that a round needs to be played again, and no kind of step is out of reach. */
class PlotTest {

  @Test
  void aSeedGivesTheSameRoundAgainAndAnotherOneAnother() {
    Round round = Round.of(7, 3, true);
    assertThat(round.steps()).isEqualTo(Round.of(7, 3, true).steps());
    assertThat(round.troubles()).isEqualTo(Round.of(7, 3, true).troubles());
    assertThat(round.steps()).isNotEqualTo(Round.of(8, 3, true).steps());
    assertThat(round.plots().getFirst()).isEqualTo(Round.of(7, 1, true).plots().getFirst());
  }

  @Test
  void everyHistoryHasFortyStepsAndEveryTroubleEndsWithItsRound() {
    LongStream.range(0, 50)
        .mapToObj(seed -> Round.of(seed, 4, true))
        .forEach(round -> {
          assertThat(round.plots()).allSatisfy(plot -> assertThat(plot).hasSize(TenantPlot.STEPS));
          assertThat(round.steps())
              .allSatisfy(step -> assertThat(step.at()).isBetween(Duration.ZERO, round.length()));
          assertThat(round.troubles())
              .allSatisfy(trouble -> {
                assertThat(trouble.from()).isBetween(Duration.ZERO, trouble.until());
                assertThat(trouble.until()).isLessThanOrEqualTo(round.length());
              });
        });
  }

  @Test
  void everyKindOfStepAndTroubleComesInFiftyRounds() {
    Set<Trouble.Kind> troubles = EnumSet.noneOf(Trouble.Kind.class);
    Set<Class<?>> deeds = new HashSet<>();
    LongStream.range(0, 50)
        .mapToObj(seed -> Round.of(seed, 4, true))
        .forEach(round -> {
          round.troubles().forEach(trouble -> troubles.add(trouble.kind()));
          round.steps().forEach(step -> deeds.add(step.deed().getClass()));
        });
    assertThat(troubles).containsExactlyInAnyOrder(Trouble.Kind.values());
    assertThat(deeds).containsAll(Arrays.asList(Deed.class.getPermittedSubclasses()));
  }
}
