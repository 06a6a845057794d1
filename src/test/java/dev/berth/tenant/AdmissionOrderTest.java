package dev.berth.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.Admission.Decision;
import dev.berth.tenant.Admission.Surroundings;
import dev.berth.tenant.Desired.Mode;
import dev.berth.tenant.TenantRequest.Offboard;
import dev.berth.tenant.TenantRequest.Origin;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Requests of one tenant in any order, across its lives. The oracle knows nothing of Berth: it
 * looks at letters. {@code c} created, {@code u} updated or plan-changed, {@code o} offboarding;
 * the place of a letter is its generation.
 */
class AdmissionOrderTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final Cause CAUSE = new Cause("correlation", "event", null);
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Surroundings AROUND =
      new Surroundings(new PlanVersion("team", 1), null, CAUSE, NOW);

  private final Admission admission = new Admission("local", 1_000_000, Duration.ofMinutes(10));

  /** A history in which each life begins with its created, as a producer's own order has it. */
  @Test
  void ofAWholeHistoryTheHighestGenerationWinsInEveryOrder() {
    for (String history :
        List.of(
            "c", "u", "cu", "co", "uo", "coc", "cocu", "cuocuo", "cococ", "ooc", "ocu", "couc")) {
      permutations(
          new ArrayList<>(generations(history)),
          0,
          order -> {
            for (int gone = 0; gone < 3; gone++) {
              assertThat(outcome(history, order, gone))
                  .as("%s in the order %s, gone after %d", history, order, gone)
                  .isEqualTo(highestOf(history));
            }
          });
    }
  }

  @Test
  void soDoLongHistoriesInRandomOrdersWithRepeats() {
    for (int seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      String history = whole(random);
      List<Integer> order = new ArrayList<>(generations(history));
      for (int i = 0; i < 3; i++) {
        order.add(1 + random.nextInt(history.length()));
      }
      Collections.shuffle(order, random);
      assertThat(outcome(history, order, random.nextInt(4)))
          .as("seed %d: %s in the order %s", seed, history, order)
          .isEqualTo(highestOf(history));
    }
  }

  /** Also of what no producer should send: without a created nobody comes back. */
  @Test
  void afterAnOffboardingOnlyACreatedAboveItBringsTheTenantBack() {
    for (int seed = 0; seed < 30_000; seed++) {
      Random random = new Random(seed);
      StringBuilder letters = new StringBuilder("c");
      for (int i = 0; i < 8; i++) {
        letters.append("uuoc".charAt(random.nextInt(4)));
      }
      String history = letters.toString();
      List<Integer> order = new ArrayList<>(generations(history));
      Collections.shuffle(order, random);
      String outcome = outcome(history, order, random.nextInt(4));
      int last = history.length();
      if (history.charAt(last - 1) != 'u') {
        assertThat(outcome).as("seed %d", seed).isEqualTo(highestOf(history));
      }
      assertThat(outcome).as("seed %d: %s, %s", seed, history, order).matches("(on|off) [1-9]");
    }
  }

  @Test
  void theCaseThatWasSeen() {
    assertThat(outcome("cocu", List.of(1, 2, 4, 3, 4), 2)).isEqualTo("on 4");
    assertThat(outcome("cocu", List.of(1, 2, 4), 2)).isEqualTo("off 2");
    assertThat(outcome("coucu", List.of(1, 2, 3, 5), 2)).isEqualTo("off 2");
    assertThat(outcome("coucu", List.of(1, 2, 5, 4, 3), 2)).isEqualTo("on 5");
  }

  /** The oracle: the last letter decides. */
  private static String highestOf(String history) {
    int last = history.length();
    return (history.charAt(last - 1) == 'o' ? "off " : "on ") + last;
  }

  /** Lives one after the other: the first may begin with any snapshot, each later one with c. */
  private static String whole(Random random) {
    StringBuilder letters = new StringBuilder();
    int lives = 1 + random.nextInt(3);
    for (int life = 0; life < lives; life++) {
      letters.append(life == 0 && random.nextInt(4) == 0 ? 'u' : 'c');
      letters.repeat('u', random.nextInt(3)).repeat('c', random.nextInt(2));
      if (life < lives - 1 || random.nextBoolean()) {
        letters.repeat('o', 1 + random.nextInt(2));
      }
    }
    return letters.toString();
  }

  private static List<Integer> generations(String history) {
    return IntStream.rangeClosed(1, history.length()).boxed().toList();
  }

  private interface Check {
    void of(List<Integer> order);
  }

  private static void permutations(List<Integer> order, int from, Check check) {
    if (from == order.size()) {
      check.of(List.copyOf(order));
      return;
    }
    for (int i = from; i < order.size(); i++) {
      Collections.swap(order, from, i);
      permutations(order, from + 1, check);
      Collections.swap(order, from, i);
    }
  }

  /**
   * Where the requests end.
   *
   * @param gone after so many requests that found it leaving, a tenant that leaves is gone
   */
  private String outcome(String history, List<Integer> order, int gone) {
    Tenant tenant = null;
    List<TenantRequest> early = new ArrayList<>();
    int leaving = 0;
    for (int generation : order) {
      early.add(request(history, generation));
      tenant = decideAll(tenant, early);
      leaving = isLeaving(tenant) ? leaving + 1 : 0;
      tenant = leaving > gone ? gone(tenant) : tenant;
      tenant = decideAll(tenant, early);
    }
    tenant = decideAll(isLeaving(tenant) ? gone(tenant) : tenant, early);
    Desired desired = tenant.desired();
    return (desired.mode() == Mode.ACTIVE ? "on " : "off ") + desired.generation();
  }

  /** Those that come too early stay in the list. */
  private @Nullable Tenant decideAll(@Nullable Tenant known, List<TenantRequest> requests) {
    Tenant tenant = known;
    for (TenantRequest request : List.copyOf(requests)) {
      Decision decision = admission.decide(tenant, request, AROUND);
      if (!(decision instanceof Decision.Early)) {
        requests.remove(request);
      }
      tenant =
          switch (decision) {
            case Decision.Applied applied -> applied.tenant();
            case Decision.Stale stale -> stale.remembered() == null ? tenant : stale.remembered();
            case Decision.Early late -> tenant;
            case Decision.NotOurs no -> throw new AssertionError(no.toString());
            case Decision.Declined no -> throw new AssertionError(no.toString());
          };
    }
    return tenant;
  }

  private static boolean isLeaving(@Nullable Tenant tenant) {
    return tenant != null
        && tenant.desired().mode() == Mode.OFFBOARDED
        && tenant.phase() != Phase.OFFBOARDED;
  }

  private static Tenant gone(Tenant tenant) {
    Tenant removed =
        tenant.with(
            Condition.of(
                ConditionType.Offboarding,
                Reason.Offboarded,
                "gone",
                tenant.desired().generation(),
                NOW));
    return Admission.reborn(removed, new PlanVersion("team", 1), NOW);
  }

  private static TenantRequest request(String history, int generation) {
    return switch (history.charAt(generation - 1)) {
      case 'c' -> new Upsert(ACME, Origin.CREATED, spec(generation));
      case 'u' -> new Upsert(ACME, Origin.UPDATED, spec(generation));
      default -> new Offboard(ACME, generation, "over");
    };
  }

  private static TenantSpec spec(long generation) {
    return new TenantSpec(
        generation,
        new PlanRef("team", null),
        "Acme",
        List.of(new Subject(Subject.SubjectKind.Group, "owners", null)),
        List.of(),
        Map.of(),
        null,
        null,
        "{}");
  }
}
