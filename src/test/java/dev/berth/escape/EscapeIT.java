package dev.berth.escape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Attempts;
import dev.berth.escape.generator.Target;
import dev.berth.escape.generator.Tenancy;
import dev.berth.local.process.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Random objects of a tenant: nothing that is admitted leads out of the sandbox or past what the
 * tenant has; and with each of Berth's policies taken away something does, so they could find it
 * (T1 to T5, T7 to T10, T13, and what nobody has listed yet).
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EscapeIT {
  private static final boolean LONG = Boolean.getBoolean("berth.long");
  private static final int PODS = LONG ? 50_000 : 2_000;
  private static final int OTHERS = LONG ? 5_000 : 200;
  private static final long FIXED_SEED = Long.getLong("escape.seed", 20_261_129);
  private static final long FRESH_SEED =
      Long.getLong("escape.fresh", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
  private static final Duration UNTIL_IT_ACTS = Duration.ofMinutes(3);

  /** DaemonSets oftener: of these the template itself is judged. */
  private static final List<Target> TEMPLATES =
      Stream.concat(
              Stream.of(Target.values()).filter(Target::isWorkload),
              Stream.of(Target.DAEMON_SET, Target.DAEMON_SET))
          .toList();

  private static final List<Target> CHANGED =
      List.of(Target.POD, Target.SERVICE, Target.POD, Target.CLAIM);
  private static final Map<List<Object>, JsonNode> STANDING = new HashMap<>();

  private static final EscapeStage STAGE = new EscapeStage("escape");
  private static final Hunt HUNT = new Hunt(STAGE::actor);
  private static Attempts attempts;
  private static Runnable comfort;
  private static Tally tally;

  @BeforeAll
  static void tenantsAsBerthLeavesThem() throws Exception {
    STAGE.open();
    comfort = STAGE.removeComfort();
    attempts = new Attempts(STAGE.schemas());
    for (Tenancy tenancy : List.of(STAGE.plain, STAGE.lenient)) {
      for (Target target : Set.copyOf(CHANGED)) {
        STANDING.put(List.of(tenancy, target), STAGE.standing(target, tenancy));
      }
    }
    long start = System.nanoTime();
    tally = HUNT.tally(numbers(), EscapeIT::attempt);
    say(
        "escapes: seeds %d and %d (fresh; -Descape.fresh repeats it), %d s%n%s"
            .formatted(
                FIXED_SEED,
                FRESH_SEED,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                tally.text()));
  }

  @AfterAll
  static void asTheyWere() {
    HUNT.close();
    if (comfort != null) {
      comfort.run();
    }
    STAGE.close();
  }

  @Test
  @Order(1)
  void nothingThatIsAdmittedLeadsOut() {
    assertThat(tally.escapes().stream().limit(20).map(Answer::story)).isEmpty();
  }

  /** Of refused objects nothing is learned about what admitted ones can do. */
  @Test
  @Order(1)
  void manyAreAdmitted() {
    assertThat(tally.shareAdmitted(Target.POD)).isGreaterThan(0.25);
    assertThat(tally.shareAdmitted(Target.SERVICE)).isGreaterThan(0.1);
    assertThat(tally.shareAdmitted(Target.CLAIM)).isGreaterThan(0.1);
  }

  /**
   * Nor without what the API server does by Berth's quota, limits and labels. What the policy
   * refused is sent again. All else would be answered as before, so this is the whole hunt without
   * it.
   */
  @Test
  @Order(2)
  void withoutAnyOfThePoliciesSomethingDoes() {
    List<String> found = new ArrayList<>();
    Runnable putBack = () -> {};
    List<Attempt> refusedBefore = List.of();
    try {
      for (String policy : STAGE.guards()) {
        Runnable next = STAGE.remove(policy);
        putBack.run();
        putBack = next;
        awaitRefused(refusedBefore);
        refusedBefore = tally.refusedBy(policy);
        Answer escape = awaitEscape(policy, refusedBefore);
        found.add("  without %s: %s".formatted(policy, escape.breaches()));
      }
    } finally {
      putBack.run();
    }
    awaitRefused(refusedBefore);
    say("escapes found with one policy taken away:\n" + String.join("\n", found));
  }

  private static Answer awaitEscape(String policy, List<Attempt> refused) {
    List<Answer> found = new ArrayList<>();
    await("without " + policy + " the generator finds a way out")
        .atMost(UNTIL_IT_ACTS)
        .pollDelay(Duration.ZERO)
        .until(() ->
            refused.stream()
                    .map(HUNT::answer)
                    .filter(Answer::isEscape)
                    .limit(1)
                    .peek(found::add)
                    .count()
                > 0);
    return found.getFirst();
  }

  private static void awaitRefused(List<Attempt> refused) {
    await("the policy acts again")
        .atMost(UNTIL_IT_ACTS)
        .pollDelay(Duration.ZERO)
        .until(() -> refused.stream().limit(20).map(HUNT::answer).noneMatch(Answer::isAdmitted));
  }

  private static Stream<Integer> numbers() {
    return IntStream.range(0, PODS + 4 * OTHERS).boxed();
  }

  /** Every other one by the fresh seed, and in each namespace as many. */
  private static Attempt attempt(int number) {
    Tenancy tenancy = number / 2 % 2 == 0 ? STAGE.plain : STAGE.lenient;
    long seed = number % 2 == 0 ? FIXED_SEED : FRESH_SEED;
    int turn = (number - PODS) / 4;
    if (number < PODS) {
      return attempts.make(Target.POD, tenancy, seed, number);
    }
    return switch (turn % 4) {
      case 0 -> attempts.make(Target.SERVICE, tenancy, seed, number);
      case 1 -> attempts.make(Target.CLAIM, tenancy, seed, number);
      case 2 -> attempts.make(TEMPLATES.get(turn / 4 % TEMPLATES.size()), tenancy, seed, number);
      default -> {
        Target target = CHANGED.get(turn / 4 % CHANGED.size());
        yield attempts.change(
            target, tenancy, seed, number, STANDING.get(List.of(tenancy, target)));
      }
    };
  }

  private static void say(String text) {
    Progress.toConsole().say(text);
  }
}
