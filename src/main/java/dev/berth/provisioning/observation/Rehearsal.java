package dev.berth.provisioning.observation;

import dev.berth.plan.ClusterFacts;
import dev.berth.provisioning.work.Planning;
import dev.berth.provisioning.work.Planning.Planned;
import dev.berth.store.DataFault;
import dev.berth.store.search.TenantFilter;
import dev.berth.store.search.TenantSearch;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.condition.Phase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Plans for all tenants as if each were claimed now, one after the other in one transaction, so
 * that what one is given another does not get; and rolls it back.
 */
@ApplicationScoped
class Rehearsal {

  private static final Logger LOG = Logger.getLogger(Rehearsal.class);
  private static final int PAGE = 500;
  private static final Set<Phase> AT_REST = EnumSet.of(Phase.OFFBOARDED, Phase.REJECTED);

  private final TenantSearch search;
  private final Tenants tenants;
  private final Planning planning;
  private final TransactionSynchronizationRegistry transactions;

  Rehearsal(
      TenantSearch search,
      Tenants tenants,
      Planning planning,
      TransactionSynchronizationRegistry transactions) {
    this.search = search;
    this.tenants = tenants;
    this.planning = planning;
    this.transactions = transactions;
  }

  @Transactional(TxType.REQUIRES_NEW)
  List<Planned> planAll(ClusterFacts facts) {
    List<Planned> planned = new ArrayList<>();
    @Nullable TenantId last = null;
    do {
      TenantSearch.Page page = search.page(TenantFilter.ALL, last, PAGE);
      tenants.unclaimed(page.tenants()).stream()
          .filter(claim -> !AT_REST.contains(claim.tenant().phase()))
          .flatMap(claim -> plan(claim, facts).stream())
          .forEach(planned::add);
      last = page.last();
    } while (last != null);
    transactions.setRollbackOnly();
    return planned;
  }

  /**
   * Plans for one tenant as if it were {@code changed}; empty = it is not there. Locks it first, as
   * a claim does: two that plan one tenant would wait for each other's places and rooms.
   */
  @Transactional(TxType.REQUIRES_NEW)
  Optional<Planned> plan(TenantId id, UnaryOperator<Tenant> changed, ClusterFacts facts) {
    List<Tenant> wanted = tenants.lock(id).map(changed).stream().toList();
    Optional<Planned> planned =
        tenants.unclaimed(wanted).stream().findFirst().map(claim -> planning.plan(claim, facts));
    transactions.setRollbackOnly();
    return planned;
  }

  /** One that cannot be planned is left out; the others are told. */
  private Optional<Planned> plan(Claim claim, ClusterFacts facts) {
    try {
      return Optional.of(planning.plan(claim, facts));
    } catch (RuntimeException e) {
      if (DataFault.caused(e)) {
        LOG.errorf(e, "tenant=%s cannot be planned", claim.tenant().id());
        return Optional.empty();
      }
      throw e;
    }
  }
}
