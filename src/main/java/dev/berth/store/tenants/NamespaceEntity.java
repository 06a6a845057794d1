package dev.berth.store.tenants;

import dev.berth.tenant.TenantNamespace;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "tenant_namespace")
@SuppressWarnings("NullAway.Init")
class NamespaceEntity extends PanacheEntityBase {

  @Id String namespace;
  String tenantId;
  int incarnation;
  int ordinal;
  String name;
  UUID provisioningId;
  @Nullable String uid;
  boolean leaving;

  TenantNamespace tenantNamespace() {
    return new TenantNamespace(name, namespace, provisioningId, uid, leaving);
  }
}
