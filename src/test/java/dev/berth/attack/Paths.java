package dev.berth.attack;

/** Where things are. */
final class Paths {
  static final String NAMESPACES = "/api/v1/namespaces";
  static final String ALPHA = NAMESPACES + "/tenant-alpha";

  /** Of the same tenant; its pod security was relaxed by whoever broke the glass. */
  static final String RELAXED = NAMESPACES + "/tenant-alpha--jobs";

  static final String BETA = NAMESPACES + "/tenant-beta";
  static final String BERTH = NAMESPACES + "/berth-system";
  static final String KUBE_SYSTEM = NAMESPACES + "/kube-system";
  static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  static final String RUNTIME_CLASSES = "/apis/node.k8s.io/v1/runtimeclasses";

  private Paths() {}

  /** Where RoleBindings of tenant alpha are. */
  static String roleBindings() {
    return RBAC + "namespaces/tenant-alpha/rolebindings";
  }
}
