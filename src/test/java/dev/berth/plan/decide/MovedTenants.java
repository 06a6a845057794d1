package dev.berth.plan.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.ClusterFacts;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Random orders by which tenants were moved, and what becomes of them. */
final class MovedTenants {

  private static final RuntimeClass THERE = new RuntimeClass("kata-vm-isolation", "kata");

  private MovedTenants() {}

  /** Some are frozen. */
  static Orders orders(Random random, Plan plan) {
    return Orders.NONE.frozen(random.nextInt(6) == 0).moved(move(random, plan));
  }

  /** A third of them was moved: to the class that there is, to what it was, or to none. */
  private static @Nullable Move move(Random random, Plan plan) {
    RuntimeClass to =
        switch (random.nextInt(4)) {
          case 0 -> new RuntimeClass("kata-vm-isolation", "other");
          case 1 -> new RuntimeClass("gone", "kata");
          default -> THERE;
        };
    PlanVersion under = random.nextBoolean() ? plan.id() : new PlanVersion("earlier", 1);
    return random.nextInt(3) > 0
        ? null
        : new Move(to, under, new UUID(3, 4), "alice", Instant.EPOCH);
  }

  static boolean isThere(Tenant tenant) {
    Move order = tenant.orders().move();
    return order != null && order.to().equals(THERE);
  }

  /**
   * The tenant with what is left of its order: nothing under a plan that the class is unfit for.
   */
  static Tenant heeding(Tenant tenant, Plan plan, ClusterFacts facts) {
    Tenant heeding = new Planner().heeding(tenant, plan, facts);
    Move before = tenant.orders().move();
    Move after = heeding.orders().move();
    if (before == null || !facts.known() || plan.id().equals(before.plan())) {
      assertThat(after).isEqualTo(before);
    } else if (after != null) {
      SandboxClass there = facts.classes().getFirst();
      assertThat(after).isEqualTo(before.found(THERE, plan.id()));
      assertThat(plan.isolation()).isEqualTo(Plan.Isolation.SANDBOXED);
      assertThat(there.readyNodes()).isPositive();
    }
    return heeding;
  }
}
