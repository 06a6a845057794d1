package dev.berth.delivery.disorder;

import dev.berth.delivery.evidence.TenantEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What happens to one tenant, in the producer's order: lives that each begin with a {@code
 * created}, and events that must have no effect, with generations that would win if they had one.
 */
final class Diary {
  static final int STRAYS = 10;
  private static final List<String> PLANS = List.of("starter", "team");
  private static final List<String> NOT_SUPPORTED_YET =
      List.of("suspended", "resumed", "hibernated", "offboarding-cancelled", "purge-approved");

  private final String tenant;
  private final RandomGenerator random;
  private final List<TenantEvent> events = new ArrayList<>();
  private long generation;

  private Diary(String tenant, RandomGenerator random) {
    this.tenant = tenant;
    this.random = random;
  }

  /**
   * @param lives may be none
   * @param stray which of {@link #STRAYS}
   */
  static List<TenantEvent> of(String tenant, int lives, int stray, RandomGenerator random) {
    Diary diary = new Diary(tenant, random);
    for (int life = lives; life > 0; life--) {
      diary.live(life > 1 || random.nextInt(3) == 0);
    }
    diary.events.add(diary.stray(stray));
    return diary.events;
  }

  private void live(boolean leaves) {
    String plan = PLANS.get(random.nextInt(2));
    events.add(TenantEvent.created(tenant, plan, ++generation));
    for (int change = random.nextInt(4); change > 0; change--) {
      boolean move = random.nextBoolean();
      plan = move ? PLANS.get(1 - PLANS.indexOf(plan)) : plan;
      events.add(
          move
              ? TenantEvent.planChanged(tenant, plan, ++generation)
              : TenantEvent.updated(tenant, plan, ++generation));
    }
    if (leaves) {
      events.add(TenantEvent.offboardingRequested(tenant, ++generation));
    }
  }

  private TenantEvent stray(int which) {
    TenantEvent newer = TenantEvent.updated(tenant, "team", generation + 1);
    return switch (which) {
      case 0 -> TenantEvent.of("renamed", tenant, newer.data());
      case 1 -> TenantEvent.of("updated", tenant, newer.data().replaceAll("\\[.*", "[]}"));
      case 2 ->
          TenantEvent.of(
              "created", tenant, newer.data().replaceFirst("\\{", "{\"cluster\": \"elsewhere\", "));
      case 3 -> newer.with("expirytime", "2026-01-01T00:00:00Z");
      case 4 -> TenantEvent.updated(tenant, "team", generation + 2_000_000);
      default -> TenantEvent.of(NOT_SUPPORTED_YET.get(which - 5), tenant, newer.data());
    };
  }
}
