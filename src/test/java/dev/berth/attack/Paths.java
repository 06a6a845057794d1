package dev.berth.attack;

/** Where things are. */
public final class Paths {
  public static final String NAMESPACES = "/api/v1/namespaces";
  public static final String ALPHA = NAMESPACES + "/tenant-alpha";

  /** Of the same tenant; its pod security was relaxed by whoever broke the glass. */
  public static final String RELAXED = NAMESPACES + "/tenant-alpha--jobs";

  public static final String BETA = NAMESPACES + "/tenant-beta";
  public static final String BERTH = NAMESPACES + "/berth-system";
  public static final String KUBE_SYSTEM = NAMESPACES + "/kube-system";
  public static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  public static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  public static final String RUNTIME_CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";

  /** Of tenant alpha. */
  public static final String ROLE_BINDINGS = RBAC + "namespaces/tenant-alpha/rolebindings";

  private Paths() {}
}
