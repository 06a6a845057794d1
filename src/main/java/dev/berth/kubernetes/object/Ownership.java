package dev.berth.kubernetes.object;

import dev.berth.kubernetes.server.Live;
import dev.berth.provisioning.Assignment.Owner;
import java.util.List;

/** The marks that Berth leaves on its objects, and how it knows them again. */
public final class Ownership {

  static final String PREFIX = "berth.dev/";
  public static final String TENANT = PREFIX + "tenant";
  public static final String NAMESPACE = PREFIX + "namespace";
  public static final String ISOLATION = PREFIX + "isolation";
  public static final String RUNTIME_CLASS = PREFIX + "runtime-class";
  public static final String NODE_SELECTOR = PREFIX + "node-selector";
  public static final String TOLERATIONS = PREFIX + "tolerations";
  public static final String PROVISIONING_ID = PREFIX + "provisioning-id";
  public static final String GENERATION = PREFIX + "generation";
  static final String PLAN = PREFIX + "plan";
  public static final String INSTALLATION = PREFIX + "installation";

  /** On a binding that Berth emptied, or made empty; one that others emptied has no mark. */
  static final String CLOSED = PREFIX + "closed";

  /** What AKS puts on the namespaces that the Resource Manager manages. */
  static final String MANAGED_BY_ARM = "kubernetes.azure.com/managedByArm";

  /** Which labels and annotations outside the reserved ones came from the plan. */
  static final String PLAN_KEYS = PREFIX + "plan-keys";

  private static final List<String> RESERVED =
      List.of(PREFIX, "labels.berth.dev/", "pod-security.kubernetes.io/");

  private Ownership() {}

  /** Whether only Berth sets labels and annotations of this name. */
  public static boolean isReserved(String key) {
    return RESERVED.stream().anyMatch(key::startsWith);
  }

  /** Whether Berth set the label or annotation, or would take it away. */
  public static boolean isOurs(Live live, String key) {
    return isReserved(key) || List.of(live.annotation(PLAN_KEYS).split(",")).contains(key);
  }

  /** The producer's generation that it was last written for; 0 where it says none. */
  static long generation(Live live) {
    return live.json().at("/metadata/annotations").path(GENERATION).asLong();
  }

  /** Whether somebody else keeps the namespace as it is, and would fight over it. */
  static boolean isManagedByArm(Live live) {
    return live.label(MANAGED_BY_ARM).equalsIgnoreCase("true");
  }

  /** Whether Berth made the object for this life of the tenant. A label alone proves nothing. */
  public static boolean isOf(Live live, String namespace, Owner owner) {
    return live.label(TENANT).equals(owner.tenant().value())
        && live.annotation(PROVISIONING_ID)
            .equals(owner.namespace(namespace).provisioningId().toString());
  }
}
