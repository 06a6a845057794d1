package dev.berth.installation;

/** The kinds of objects in a tenant's namespace that only Berth writes, each with an example. */
public enum ManagedObject {
  NETWORK_POLICY(
      "/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies",
      "'spec': {'podSelector': {}, 'egress': [{}], 'policyTypes': ['Egress']}"),
  RESOURCE_QUOTA("/api/v1/namespaces/%s/resourcequotas", "'spec': {'hard': {'pods': '1000'}}"),
  LIMIT_RANGE(
      "/api/v1/namespaces/%s/limitranges",
      "'spec': {'limits': [{'type': 'Container', 'default': {'memory': '1Gi'}}]}"),
  ROLE_BINDING(
      "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings",
      """
      'subjects': [],
      'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'berth-tenant-admin'}\
      """);

  private final String collection;
  private final String content;

  ManagedObject(String collection, String content) {
    this.collection = collection;
    this.content = content;
  }

  public String collection(String namespace) {
    return collection.formatted(namespace);
  }

  public String named(String name) {
    return "{'metadata': {'name': '%s'}, %s}".formatted(name, content);
  }
}
