package dev.berth.kubernetes.server;

import dev.berth.plan.Resource.Key;
import dev.berth.plan.Resource.Kind;

/** Where the API server serves the kinds that Berth writes. */
public final class ApiPath {

  public static final String RBAC_GROUP = "rbac.authorization.k8s.io";

  private ApiPath() {}

  public static String apiVersion(Kind kind) {
    return switch (kind) {
      case Namespace, ServiceAccount, ResourceQuota, LimitRange -> "v1";
      case NetworkPolicy -> "networking.k8s.io/v1";
      case RoleBinding -> RBAC_GROUP + "/v1";
    };
  }

  public static String object(Key key) {
    return collection(key) + "/" + key.name();
  }

  public static String collection(Key key) {
    return switch (key.kind()) {
      case Namespace -> "/api/v1/namespaces";
      case ServiceAccount -> core(key.namespace(), "serviceaccounts");
      case ResourceQuota -> core(key.namespace(), "resourcequotas");
      case LimitRange -> core(key.namespace(), "limitranges");
      case NetworkPolicy ->
          "/apis/networking.k8s.io/v1/namespaces/" + key.namespace() + "/networkpolicies";
      case RoleBinding ->
          "/apis/" + RBAC_GROUP + "/v1/namespaces/" + key.namespace() + "/rolebindings";
    };
  }

  /** Of all namespaces together. */
  public static String everywhere(Kind kind) {
    String somewhere = collection(new Key("-", kind, "-"));
    return somewhere.replace("/namespaces/-", "");
  }

  public static String pods(String namespace) {
    return core(namespace, "pods");
  }

  private static String core(String namespace, String plural) {
    return "/api/v1/namespaces/" + namespace + "/" + plural;
  }
}
