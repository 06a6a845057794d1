package dev.berth.plan.isolation;

import java.util.List;

/** What a tenant's people must be able to do, and what would lead them out of their namespaces. */
final class TenantRights {

  private static final String WRITE = "create update patch delete";
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String BREAK_GLASS = "berth:break-glass";

  /** Of constrained impersonation: who has one may do that as somebody else. */
  static final List<Permission> AS_SOMEBODY_ELSE =
      List.of(
          Permission.to(
              "impersonate-on:user-info:list impersonate-on:user-info:create"
                  + " impersonate-on:serviceaccount:create",
              "pods"),
          Permission.to("impersonate-on:user-info:get impersonate-on:user-info:list", "secrets"));

  static final List<Permission> NEEDED_BY_OWNERS =
      List.of(
          Permission.to("list create delete", "pods"),
          Permission.to("get", "pods/log"),
          Permission.to("create", "pods/exec"),
          Permission.to("list create patch delete", "deployments", "apps"),
          Permission.to("list create delete", "jobs", "batch"),
          Permission.to("list create delete", "configmaps"),
          Permission.to("list create delete", "secrets"),
          Permission.to("list create delete", "services"),
          Permission.to("list create delete", "persistentvolumeclaims"),
          Permission.to("get", "resourcequotas"));

  static final List<Permission> NEEDED_BY_VIEWERS =
      List.of(
          Permission.to("list", "pods"),
          Permission.to("get", "pods/log"),
          Permission.to("list", "deployments", "apps"),
          Permission.to("list", "services"));

  static final List<Permission> CLOSED_TO_VIEWERS =
      List.of(
          Permission.to("get list create", "secrets"),
          Permission.to(WRITE, "pods"),
          Permission.to("create", "pods/exec"),
          Permission.to(WRITE, "deployments", "apps"));

  static final Permission DEBUG = Permission.to("update patch", "pods/ephemeralcontainers");

  /** In namespaces of the cluster itself. */
  static final List<Permission> CLOSED_ELSEWHERE =
      List.of(Permission.to("create", "pods"), Permission.to("get list", "secrets"));

  /** In the cluster as a whole: without a namespace, or in all of them at once. */
  static final List<Permission> CLOSED_IN_THE_CLUSTER =
      List.of(
          Permission.to("*", "*", "*"),
          Permission.to("list", "secrets"),
          Permission.to("create", "pods"),
          Permission.to("list update patch delete", "nodes"),
          Permission.to("get", "nodes/proxy"),
          Permission.to("bind escalate", "clusterroles", RBAC),
          Permission.to("impersonate", "users"),
          Permission.to("impersonate", "groups"),
          Permission.to("impersonate", "groups").named(BREAK_GLASS),
          Permission.to("impersonate", "uids", AUTHENTICATION),
          Permission.to("impersonate", "userextras", AUTHENTICATION),
          Permission.to("impersonate:user-info", "users", AUTHENTICATION),
          Permission.to("impersonate:user-info", "groups", AUTHENTICATION),
          Permission.to("impersonate:user-info", "groups", AUTHENTICATION).named(BREAK_GLASS),
          Permission.to("impersonate:serviceaccount", "serviceaccounts", AUTHENTICATION),
          Permission.to(
              "impersonate:arbitrary-node impersonate:associated-node", "nodes", AUTHENTICATION),
          Permission.to("break-glass", "tenants", "berth.dev"),
          Permission.to("update", "certificatesigningrequests/approval", "certificates.k8s.io"),
          Permission.to(WRITE, "namespaces"),
          Permission.to(WRITE, "persistentvolumes"),
          Permission.to(WRITE, "clusterroles", RBAC),
          Permission.to(WRITE, "clusterrolebindings", RBAC),
          Permission.to(WRITE, "runtimeclasses", "node.k8s.io"),
          Permission.to(WRITE, "priorityclasses", "scheduling.k8s.io"),
          Permission.to(WRITE, "certificatesigningrequests", "certificates.k8s.io"),
          Permission.to(WRITE, "validatingadmissionpolicies", ADMISSION),
          Permission.to(WRITE, "validatingadmissionpolicybindings", ADMISSION),
          Permission.to(WRITE, "mutatingadmissionpolicies", ADMISSION),
          Permission.to(WRITE, "mutatingadmissionpolicybindings", ADMISSION),
          Permission.to(WRITE, "validatingwebhookconfigurations", ADMISSION),
          Permission.to(WRITE, "mutatingwebhookconfigurations", ADMISSION));

  private TenantRights() {}

  /** In a namespace of the tenant. */
  static List<Permission> closedIn(String namespace) {
    return List.of(
        Permission.to("update patch delete", "namespaces").named(namespace),
        Permission.to("update patch", "namespaces/status").named(namespace),
        Permission.to("update", "namespaces/finalize").named(namespace),
        Permission.to(WRITE, "networkpolicies", "networking.k8s.io"),
        Permission.to(WRITE, "resourcequotas"),
        Permission.to("update patch", "resourcequotas/status"),
        Permission.to(WRITE, "limitranges"),
        Permission.to(WRITE, "rolebindings", RBAC),
        Permission.to(WRITE, "roles", RBAC),
        Permission.to("bind escalate", "roles", RBAC),
        Permission.to("create", "serviceaccounts/token"),
        Permission.to("impersonate", "serviceaccounts"),
        Permission.to("impersonate:serviceaccount", "serviceaccounts", AUTHENTICATION),
        Permission.to("update patch", "pods/resize"),
        Permission.to("create", "pods/binding"));
  }
}
