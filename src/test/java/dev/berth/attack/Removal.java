package dev.berth.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;

/** Takes guards away, and gives what puts each back. */
record Removal(Caller platform) {

  Runnable of(Guard guard) {
    return switch (guard) {
      case RBAC -> everybodyIsAdministrator();
      case POD_SECURITY -> Labels.removePodSecurity(platform, Paths.ALPHA);
      case LIMIT_RANGE -> loses(Paths.ALPHA + "/limitranges", "berth");
      case RESOURCE_QUOTA -> loses(Paths.ALPHA + "/resourcequotas", "berth");
      case BERTH_SANDBOX,
          BERTH_HOST_ACCESS,
          BERTH_ANNOTATIONS,
          BERTH_LIMITS,
          BERTH_IMAGES,
          BERTH_PLACEMENT,
          BERTH_DAEMONSETS,
          BERTH_MANAGED,
          BERTH_SERVICES,
          BERTH_STORAGE,
          BERTH_SECRETS,
          BERTH_NAMESPACE_GUARD,
          BERTH_RESTRAINT ->
          loses(Paths.ADMISSION + "validatingadmissionpolicybindings", guard.policy());
      case RUNTIME_CLASS_ADMISSION, SERVICE_ACCOUNT_ADMISSION, API_VALIDATION ->
          throw new IllegalArgumentException(guard + " is a part of the API server");
    };
  }

  private Runnable everybodyIsAdministrator() {
    String bindings = Paths.RBAC + "clusterrolebindings";
    String binding =
        """
        {'metadata': {'name': 'everybody'},
         'subjects': [{'kind': 'Group', 'name': 'system:authenticated'}, {'kind': 'Group', 'name': 'system:unauthenticated'}],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'}}\
        """;
    expect(201, platform.post(bindings, binding));
    return () -> expect(200, platform.delete(bindings + "/everybody"));
  }

  private Runnable loses(String collection, String name) {
    ObjectNode lost = (ObjectNode) platform.get(collection + "/" + name).body();
    ObjectNode metadata = lost.withObject("/metadata");
    metadata.remove("uid");
    metadata.remove("resourceVersion");
    metadata.remove("managedFields");
    lost.remove("status");
    expect(200, platform.delete(collection + "/" + name));
    return () -> expect(201, platform.post(collection, lost.toString()));
  }

  private static void expect(int code, Reply reply) {
    assertThat(reply.code()).as(reply.message()).isEqualTo(code);
  }
}
