package dev.berth.console.tenants;

import dev.berth.plan.capacity.Usage;
import dev.berth.tenant.Sandboxes;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant has in the cluster.
 *
 * @param asked how many sandboxes its snapshot asks for; null = as many as its plan gives
 */
public record TenantRoom(
    List<NamespaceRow> namespaces, @Nullable Integer asked, Sandboxes sandboxes) {

  /**
   * A namespace as a line.
   *
   * @param use of its quota; empty = it is not known
   */
  public record NamespaceRow(TenantNamespace namespace, List<UseBar> use) {}

  static TenantRoom of(Tenant tenant, Usage.Quotas quotas) {
    TenantSpec spec = tenant.desired().spec();
    return new TenantRoom(
        tenant.namespaces().stream()
            .sorted(Comparator.comparing(TenantNamespace::name))
            .map(it -> new NamespaceRow(it, use(it, quotas)))
            .toList(),
        spec == null ? null : spec.sandboxes(),
        tenant.status().sandboxes());
  }

  private static List<UseBar> use(TenantNamespace namespace, Usage.Quotas quotas) {
    return quotas.of(namespace.namespace()).map(UseBar::all).orElse(List.of());
  }
}
