package dev.berth.kubernetes;

import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;

/** The marks that Berth leaves on its objects, and how it knows them again. */
final class Ownership {

  static final String PREFIX = "berth.dev/";
  static final String TENANT = PREFIX + "tenant";
  static final String NAMESPACE = PREFIX + "namespace";
  static final String PROVISIONING_ID = PREFIX + "provisioning-id";
  static final String GENERATION = PREFIX + "generation";
  static final String PLAN = PREFIX + "plan";
  static final String INSTALLATION = PREFIX + "installation";

  private Ownership() {}

  /** Whether Berth made the object for this life of the tenant. A label alone proves nothing. */
  static boolean isOf(Live live, String namespace, Tenant tenant) {
    return live.label(TENANT).equals(tenant.id().value())
        && live.annotation(PROVISIONING_ID)
            .equals(namespace(namespace, tenant).provisioningId().toString());
  }

  static TenantNamespace namespace(String namespace, Tenant tenant) {
    return tenant.namespaces().stream()
        .filter(n -> n.namespace().equals(namespace))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "tenant " + tenant.id() + " has no namespace " + namespace));
  }
}
