package dev.berth.provisioning.observation;

import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What this replica would do for each tenant; empty unless it observes. */
@ApplicationScoped
public class Observations {

  private static final Logger LOG = Logger.getLogger(Observations.class);

  private final Map<TenantId, Observation> latest = new ConcurrentHashMap<>();

  /** Empty until the tenant was looked at. */
  public Optional<Observation> of(TenantId tenant) {
    return Optional.ofNullable(latest.get(tenant));
  }

  /** What is told already is no news. */
  public void tell(TenantId tenant, Observation now) {
    Observation before = latest.put(tenant, now);
    if (before == null || !before.would().equals(now.would())) {
      List<String> would = now.would();
      LOG.infof(
          "tenant=%s reason=Observing would: %s",
          tenant, would.isEmpty() ? "do nothing" : String.join("; ", would));
    }
  }

  /** Forgets all others. */
  void keep(Set<TenantId> tenants) {
    latest.keySet().retainAll(tenants);
  }
}
