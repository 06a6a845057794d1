package dev.berth.tenant;

import dev.berth.tenant.Desired.Orders;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as Berth remembers it.
 *
 * @param latest the latest accepted change of what is desired
 */
public record Tenant(TenantId id, Life life, Revision latest, Desired desired, Status status) {

  /**
   * What a tenant has of its own each time that its id is used.
   *
   * @param incarnation counts the lives of this id, from 1; 0 = known by a request to offboard it
   *     only
   * @param orders what operators have ordered for it
   */
  public record Life(int incarnation, List<TenantNamespace> namespaces, Orders orders) {
    public Life {
      namespaces = List.copyOf(namespaces);
    }

    /** One for which nothing is ordered. */
    public Life(int incarnation, List<TenantNamespace> namespaces) {
      this(incarnation, namespaces, Orders.NONE);
    }

    private Life with(Orders changed) {
      return new Life(incarnation, namespaces, changed);
    }
  }

  /**
   * A change of what is desired.
   *
   * @param number raised by every accepted one
   * @param cause the event that it came from, or that was in force when an operator ordered it;
   *     null only for a tenant that was never created
   */
  public record Revision(long number, @Nullable Cause cause) {

    private Revision next(@Nullable Cause why) {
      return new Revision(number + 1, why);
    }
  }

  /** One of which nothing is known but its id. */
  public static Tenant unknown(TenantId id, Cause cause) {
    return new Tenant(
        id, new Life(0, List.of()), new Revision(0, cause), Desired.NOTHING, Status.NONE);
  }

  public int incarnation() {
    return life.incarnation();
  }

  public List<TenantNamespace> namespaces() {
    return life.namespaces();
  }

  public long revision() {
    return latest.number();
  }

  public @Nullable Cause cause() {
    return latest.cause();
  }

  public Orders orders() {
    return life.orders();
  }

  public boolean isFrozen() {
    return orders().frozen();
  }

  public Phase phase() {
    return status.phase();
  }

  /** This tenant after an accepted change of what is desired: it may wait for room again. */
  public Tenant revised(Desired changed, Cause cause) {
    return new Tenant(
        id, life.with(orders().withdrawn(false)), latest.next(cause), changed, status);
  }

  /** This tenant after an operator ordered something: what is under way is fenced. */
  public Tenant ordered(Orders changed) {
    return new Tenant(id, life.with(changed), latest.next(cause()), desired, status);
  }

  /** This tenant with other orders in force, by which nothing that is under way is fenced. */
  public Tenant with(Orders changed) {
    return new Tenant(id, life.with(changed), latest, desired, status);
  }

  /** The next life of the id: of the one before nothing remains but its numbers. */
  public Tenant reborn(Desired wanted, Cause cause, Condition... first) {
    Life next = new Life(incarnation() + 1, List.of());
    return new Tenant(id, next, latest.next(cause), wanted, status.reborn(first));
  }

  public Tenant with(Status changed) {
    return new Tenant(id, life, latest, desired, changed);
  }

  public Tenant with(Condition... changed) {
    return with(status.with(changed));
  }

  public Tenant with(Desired changed) {
    return new Tenant(id, life, latest, changed, status);
  }

  public Tenant with(List<TenantNamespace> changed) {
    return new Tenant(id, new Life(incarnation(), changed, orders()), latest, desired, status);
  }
}
