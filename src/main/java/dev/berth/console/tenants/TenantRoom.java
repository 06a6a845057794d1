package dev.berth.console.tenants;

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
    List<TenantNamespace> namespaces, @Nullable Integer asked, Sandboxes sandboxes) {

  static TenantRoom of(Tenant tenant) {
    TenantSpec spec = tenant.desired().spec();
    return new TenantRoom(
        tenant.namespaces().stream().sorted(Comparator.comparing(TenantNamespace::name)).toList(),
        spec == null ? null : spec.sandboxes(),
        tenant.status().sandboxes());
  }
}
