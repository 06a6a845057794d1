package dev.berth.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.installation.Caller.Reply;
import dev.berth.local.Parts;
import dev.berth.local.PoliciesInForce;

/** What the proofs of the policies share: namespaces, pods, and what a denial looks like. */
public final class TenantCluster {

  public static final String NAMESPACES = "/api/v1/namespaces/";
  public static final String DRY_RUN = "?dryRun=All";

  private TenantCluster() {}

  /** Others may have changed policies a moment ago. */
  public static void awaitPolicies() {
    PoliciesInForce.awaitAll(Parts.cluster());
  }

  /** Admission learns of a class by a watch, and says until then that there is none. */
  public static void awaitPriorityClass(String name) {
    await()
        .untilAsserted(() ->
            assertLetIn(
                podOf(
                    Caller.administrator(),
                    "default",
                    "{'priorityClassName': '%s', 'containers': [{'name': 'c', 'image': 'i'}]}"
                        .formatted(name),
                    DRY_RUN)));
  }

  /** Marked as Berth marks one, also for what the class adds to each pod. */
  public static void sandboxed(String namespace) {
    sandboxed(
        namespace,
        "kata-vm-isolation",
        "'berth.dev/node-selector': 'kubernetes.azure.com/kata-vm-isolation=true'");
  }

  public static void sandboxed(String namespace, String runtimeClass, String annotations) {
    String body =
        """
        {'metadata': {'name': '%s', 'labels': {'berth.dev/tenant': 'x', 'berth.dev/isolation': 'sandboxed',
            'berth.dev/runtime-class': '%s'}, 'annotations': {%s}}}\
        """
            .formatted(namespace, runtimeClass, annotations);
    assertThat(Caller.berth().post("/api/v1/namespaces", body).code()).isEqualTo(201);
    await().until(() -> hasDefaultAccount(namespace));
  }

  public static boolean hasDefaultAccount(String namespace) {
    return Caller.berth().get(NAMESPACES + namespace + "/serviceaccounts/default").code() == 200;
  }

  public static Reply create(Caller caller, String namespace) {
    return caller.post("/api/v1/namespaces", "{'metadata': {'name': '%s'}}".formatted(namespace));
  }

  public static Reply pod(Caller caller, String namespace, String runtimeClass, String query) {
    String named = runtimeClass == null ? "" : "'runtimeClassName': '%s', ".formatted(runtimeClass);
    return podOf(
        caller,
        namespace,
        "{%s'containers': [{'name': 'c', 'image': 'i'}]}".formatted(named),
        query);
  }

  public static Reply podOf(Caller caller, String namespace, String spec, String query) {
    return caller.post(
        NAMESPACES + namespace + "/pods" + query,
        "{'metadata': {'name': 'p'}, 'spec': %s}".formatted(spec));
  }

  public static Reply podOf(
      Caller caller, String namespace, String annotations, String spec, String query) {
    return caller.post(
        NAMESPACES + namespace + "/pods" + query,
        "{'metadata': {'name': 'p', 'annotations': {%s}}, 'spec': %s}"
            .formatted(annotations, spec));
  }

  /** What others may read of a policy's denial. */
  public static String denialOf(String policy) {
    return "ValidatingAdmissionPolicy '%1$s' with binding '%1$s' denied request: "
        .formatted(policy);
  }

  public static void assertLetIn(Reply reply) {
    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isIn(200, 201);
  }

  public static void assertDenied(Reply reply, String policy, String advice) {
    assertThat(reply.message()).contains(policy).contains(advice);
    assertThat(reply.code()).isEqualTo(403);
  }
}
