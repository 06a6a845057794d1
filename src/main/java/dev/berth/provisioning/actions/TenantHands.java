package dev.berth.provisioning.actions;

import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.actions.ActionRefused.Why;
import dev.berth.store.actions.Action;
import dev.berth.store.actions.ActionKind;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** What people do to a tenant: the effect of each kind of action. */
@ApplicationScoped
public class TenantHands {

  public static final Set<ActionKind> KINDS = EnumSet.range(ActionKind.LOOK, ActionKind.MOVE);

  /** Who asks for these must say which state of the tenant they are for. */
  public static final Set<ActionKind> DEPENDS_ON_WHAT_WAS_SEEN =
      EnumSet.of(ActionKind.UNFREEZE, ActionKind.WITHDRAW, ActionKind.MOVE);

  private static final Set<Phase> GONE = EnumSet.of(Phase.OFFBOARDED, Phase.REJECTED);
  private static final Set<Phase> HELD_BACK =
      EnumSet.of(Phase.FAILED, Phase.BLOCKED, Phase.DEGRADED);

  private final Tenants tenants;
  private final Verifications verifications;
  private final MoveTrial moves;
  private final boolean observes;

  TenantHands(
      Tenants tenants, Verifications verifications, MoveTrial moves, ProvisioningConfig config) {
    this.tenants = tenants;
    this.verifications = verifications;
    this.moves = moves;
    this.observes = config.mode().observes();
  }

  /** Whether anything was ever said about the tenant. */
  public boolean knows(TenantId id) {
    return tenants.find(id).filter(tenant -> tenant.status().sequence() > 0).isPresent();
  }

  /**
   * The effect of an action on the tenant, other than a move.
   *
   * @param seen whether the tenant is as the caller saw it
   */
  public Effect effect(ActionKind kind, TenantId id, Predicate<Tenant> seen) {
    return () -> {
      Tenant tenant = ready(kind, id, seen);
      return Action.Result.pending(change(kind, tenant), TenantPicture.of(tenant));
    };
  }

  /**
   * The effect of moving the tenant.
   *
   * @param to the name of the RuntimeClass
   * @param who moves it
   * @param seen whether the tenant is as the caller saw it
   */
  public Function<UUID, Action.Result> move(
      TenantId id, String to, String who, Predicate<Tenant> seen) {
    return action -> {
      Tenant tenant = ready(ActionKind.MOVE, id, seen);
      RuntimeClass wanted = new RuntimeClass(to, null);
      Move order = moves.accepted(tenant, new Move(wanted, null, action, who, tenants.now()));
      tenants.save(tenant.ordered(tenant.orders().moved(order)));
      return Action.Result.pending(Settlement.moving(order), TenantPicture.of(tenant));
    };
  }

  private Tenant ready(ActionKind kind, TenantId id, Predicate<Tenant> seen) {
    Tenant tenant = locked(id);
    if (observes) {
      throw ActionRefused.notPossible(
          tenant,
          "Berth only observes and does nothing to it; set berth.mode=work, or act on the cluster yourself");
    }
    if (!seen.test(tenant)) {
      throw new ActionRefused(
          Why.CHANGED, "Tenant %s has changed since it was seen: look at it again.".formatted(id));
    }
    obstacle(kind, tenant)
        .ifPresent(why -> {
          throw ActionRefused.notPossible(tenant, why);
        });
    return tenant;
  }

  /** What makes it impossible as the tenant is; empty = nothing does. */
  public static Optional<String> obstacle(ActionKind kind, Tenant tenant) {
    if (GONE.contains(tenant.phase())) {
      return Optional.of("there is nothing to act on");
    }
    return switch (kind) {
      case LOOK -> Optional.empty();
      case RETRY ->
          unless(
              HELD_BACK.contains(tenant.phase()),
              "only one that is FAILED, BLOCKED or DEGRADED is tried again");
      case VERIFY ->
          unless(
              tenant.status().conditions().isTrue(ConditionType.Ready),
              "only the isolation of one that is ready is verified");
      case FREEZE ->
          unless(!tenant.isFrozen(), "it is frozen already")
              .or(() -> unless(!isLeaving(tenant), "it is leaving"));
      case UNFREEZE -> unless(tenant.isFrozen(), "it is not frozen");
      case WITHDRAW ->
          unless(tenant.phase() == Phase.WAITLISTED, "only one that is WAITLISTED waits for room");
      case MOVE ->
          unless(!isLeaving(tenant), "it is leaving")
              .or(() ->
                  unless(!tenant.isFrozen(), "none of its pods may be ended: unfreeze it first"));
      case REPLAY, DISCARD -> throw new IllegalArgumentException(kind + " is not for tenants");
    };
  }

  /** Whatever holds its leaving back. */
  private static boolean isLeaving(Tenant tenant) {
    return tenant.status().conditions().get(ConditionType.Offboarding).isPresent();
  }

  private static Optional<String> unless(boolean possible, String why) {
    return possible ? Optional.empty() : Optional.of(why);
  }

  private Tenant locked(TenantId id) {
    return tenants
        .lock(id)
        .orElseThrow(() -> new ActionRefused(Why.NOT_THERE, "There is no tenant with this id."));
  }

  /** Returns what is waited for. */
  private String change(ActionKind kind, Tenant tenant) {
    return switch (kind) {
      case LOOK -> look(tenant);
      case RETRY -> retry(tenant);
      case VERIFY -> verify(tenant);
      case FREEZE -> freeze(tenant);
      case UNFREEZE -> unfreeze(tenant);
      case WITHDRAW -> withdraw(tenant);
      case MOVE, REPLAY, DISCARD ->
          throw new IllegalArgumentException(kind + " is not for tenants, or needs more words");
    };
  }

  private String look(Tenant tenant) {
    tenants.save(tenant);
    return "the tenant is due: done once a look that begins now has ended";
  }

  private String retry(Tenant tenant) {
    Tenant anew = tenant.with(tenant.status().retrying(0, tenant.status().nextRetryAt()));
    Orders orders = tenant.orders();
    tenants.save(orders.withdrawn() ? anew.ordered(orders.withdrawn(false)) : anew);
    return "the tenant is due, and its attempts are counted anew: done once a look that begins now has ended";
  }

  /** A report of checks that began before is fenced off, and the checks are made anew. */
  private String verify(Tenant tenant) {
    tenants.remember(tenant.ordered(tenant.orders()));
    verifications.schedule(tenant.id(), Duration.ZERO);
    return "the isolation report is due: done once it is recorded";
  }

  private String freeze(Tenant tenant) {
    tenants.save(tenant.ordered(tenant.orders().frozen(true)));
    return "access is being taken away: done once the API server has shown that nobody is in";
  }

  private String unfreeze(Tenant tenant) {
    tenants.save(tenant.ordered(tenant.orders().frozen(false)));
    return "the tenant is due: access is given back once everything is proven";
  }

  private String withdraw(Tenant tenant) {
    tenants.save(tenant.ordered(tenant.orders().withdrawn(true)));
    return "the tenant leaves the waiting list: done once a look that begins now has ended";
  }
}
