package dev.berth.kubernetes;

import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import java.util.List;

/** The marks that Berth leaves on its objects, and how it knows them again. */
final class Ownership {

  static final String PREFIX = "berth.dev/";
  static final String TENANT = PREFIX + "tenant";
  static final String NAMESPACE = PREFIX + "namespace";
  static final String ISOLATION = PREFIX + "isolation";
  static final String RUNTIME_CLASS = PREFIX + "runtime-class";
  static final String NODE_SELECTOR = PREFIX + "node-selector";
  static final String TOLERATIONS = PREFIX + "tolerations";
  static final String PROVISIONING_ID = PREFIX + "provisioning-id";
  static final String GENERATION = PREFIX + "generation";
  static final String PLAN = PREFIX + "plan";
  static final String INSTALLATION = PREFIX + "installation";

  /** Which labels and annotations outside the reserved ones came from the plan. */
  static final String PLAN_KEYS = PREFIX + "plan-keys";

  private static final List<String> RESERVED =
      List.of(PREFIX, "labels.berth.dev/", "pod-security.kubernetes.io/");

  private Ownership() {}

  /** Whether nobody but Berth gives labels and annotations of this name. */
  static boolean isReserved(String key) {
    return RESERVED.stream().anyMatch(key::startsWith);
  }

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
