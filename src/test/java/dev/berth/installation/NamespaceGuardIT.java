package dev.berth.installation;

import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.create;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.installation.Caller.Reply;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the sandbox rests on cannot be changed, by no path of the API. */
class NamespaceGuardIT {

  private static final String NAME = "tenant-guarded";
  private static final String PATH = "/api/v1/namespaces/" + NAME;

  private static final Map<String, String> LABELS =
      Map.of(
          "berth.dev/tenant", "x",
          "berth.dev/isolation", "sandboxed",
          "pod-security.kubernetes.io/enforce", "restricted",
          "team", "a");

  private static final String GUARD =
      "ValidatingAdmissionPolicy 'berth-namespace-guard' with binding 'berth-namespace-guard'"
          + " denied request: ";

  private static Caller berth;
  private static Caller administrator;

  @BeforeAll
  static void aNamespaceOfATenant() {
    berth = Caller.berth();
    administrator = Caller.administrator();
    Reply created =
        berth.post(
            "/api/v1/namespaces",
            object(LABELS, Map.of("berth.dev/provisioning-id", "1", "note", "a")));
    assertThat(created.code()).isEqualTo(201);
    awaitPolicies();
  }

  @Test
  void evenAnAdministratorNeitherCreatesNorDeletesATenantsNamespace() {
    sandboxed("tenant-kept");

    assertDenied(create(administrator, "tenant-x"), GUARD, "send a created event");
    assertDenied(
        administrator.post("/api/v1/namespaces", "{'metadata': {'generateName': 'tenant-'}}"),
        GUARD,
        "send a created event");
    assertDenied(
        administrator.apply(
            NAMESPACES + "tenant-y",
            "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': 'tenant-y'}}"),
        GUARD,
        "send a created event");
    assertDenied(
        administrator.delete(NAMESPACES + "tenant-kept"), GUARD, "send an offboarding-requested");
  }

  @Test
  void whoBreaksTheGlassMay() {
    Caller breakGlass = Caller.memberOf("system:masters", "berth:break-glass");
    String path = NAMESPACES + "tenant-emergency";

    assertThat(create(breakGlass, "tenant-emergency").code()).isEqualTo(201);
    assertThat(breakGlass.merge(path, "{'metadata': {'labels': {'berth.dev/tenant': 'x'}}}").code())
        .isEqualTo(200);
    assertThat(breakGlass.delete(path).code()).isEqualTo(200);
  }

  @Test
  void namespacesOfOtherNamesAreNobodysBusiness() {
    String path = NAMESPACES + "tenants";
    String patch =
        """
        {'metadata': {'labels': {'berth.dev/tenant': 'x', 'pod-security.kubernetes.io/enforce': 'baseline'},
                      'annotations': {'berth.dev/plan': 'x'}}}\
        """;

    assertThat(create(administrator, "tenants").code()).isEqualTo(201);
    assertThat(administrator.merge(path, patch).code()).isEqualTo(200);
    assertThat(administrator.delete(path).code()).isEqualTo(200);
    awaitGone(path);
  }

  @Test
  void aTenantsNamespaceIsGoneAfterBerthDeletesIt() {
    sandboxed("tenant-leaves");

    assertThat(berth.delete(NAMESPACES + "tenant-leaves").code()).isEqualTo(200);

    awaitGone(NAMESPACES + "tenant-leaves");
  }

  private static void awaitGone(String path) {
    await().until(() -> administrator.get(path).code() == 404);
  }

  @TestFactory
  Stream<DynamicTest> berthsLabelsAreRefusedByEveryPath() {
    return paths("labels", "berth.dev/isolation", "shared", "labels berth.dev/*");
  }

  @TestFactory
  Stream<DynamicTest> podSecurityLabelsAreRefusedByEveryPath() {
    return paths(
        "labels", "pod-security.kubernetes.io/enforce", "privileged", "labels berth.dev/*");
  }

  @TestFactory
  Stream<DynamicTest> newLabelsOfBerthAreRefusedByEveryPath() {
    return paths("labels", "berth.dev/runtime-class", "runc", "labels berth.dev/*");
  }

  @TestFactory
  Stream<DynamicTest> berthsAnnotationsAreRefusedByEveryPath() {
    return paths("annotations", "berth.dev/provisioning-id", "2", "annotations berth.dev/*");
  }

  /** T12. */
  @TestFactory
  Stream<DynamicTest> annotationsForTheSchedulerAreRefusedByEveryPath() {
    return paths(
        "annotations",
        "scheduler.alpha.kubernetes.io/node-selector",
        "a=b",
        "metadata of the plan");
  }

  /** T12. */
  @TestFactory
  Stream<DynamicTest> labelsThatOtherGuardsReadAreRefusedByEveryPath() {
    return paths("labels", "admission.gatekeeper.sh/ignore", "true", "metadata of the plan");
  }

  /** T12: whoever holds rights on namespaces neither ends a tenant's nor keeps it from ending. */
  @Test
  void ownersAndFinalizersAreRefused() {
    String owners =
        "{'metadata': {'ownerReferences': [{'apiVersion': 'v1', 'kind': 'Node', 'name': 'n', 'uid': 'u'}]}}";
    String finalizers = "{'metadata': {'finalizers': ['example.com/held']}}";
    ObjectNode released = (ObjectNode) administrator.get(PATH).body();
    released.withObject("/spec").putArray("finalizers");

    for (Reply reply :
        List.of(
            administrator.merge(PATH, owners),
            administrator.merge(PATH, finalizers),
            administrator.merge(PATH + "/status", finalizers),
            administrator.put(PATH + "/finalize", released.toString()))) {
      assertDenied(reply, GUARD, "leave metadata.ownerReferences, metadata.finalizers and spec");
    }
    Caller breakGlass = Caller.memberOf("system:masters", "berth:break-glass");
    assertThat(breakGlass.merge(PATH + "?dryRun=All", finalizers).code()).isEqualTo(200);
  }

  @TestFactory
  Stream<DynamicTest> otherLabelsAreFree() {
    return requests("labels", "team", "b").entrySet().stream()
        .map(request ->
            DynamicTest.dynamicTest(
                request.getKey(),
                () -> assertThat(request.getValue().apply(administrator).code()).isEqualTo(200)));
  }

  @Test
  void aLabelThatIsTakenAwayIsRefused() {
    for (String key : List.of("berth.dev/isolation", "pod-security.kubernetes.io/enforce")) {
      Reply reply =
          administrator.merge(PATH, "{'metadata': {'labels': {'%s': null}}}".formatted(key));

      assertThat(reply.code()).isEqualTo(403);
    }
    assertThat(administrator.merge(PATH, "{'metadata': {'labels': null}}").code()).isEqualTo(403);
  }

  @Test
  void berthChangesItsOwnLabels() {
    Reply reply =
        berth.merge(
            PATH, "{'metadata': {'labels': {'pod-security.kubernetes.io/warn': 'restricted'}}}");

    assertThat(reply.code()).isEqualTo(200);
  }

  private static Stream<DynamicTest> paths(String field, String key, String value, String message) {
    return requests(field, key, value).entrySet().stream()
        .map(request ->
            DynamicTest.dynamicTest(
                request.getKey(),
                () -> {
                  Reply reply = request.getValue().apply(administrator);
                  assertThat(reply.message()).contains("'berth-namespace-guard'").contains(message);
                  assertThat(reply.code()).isEqualTo(403);
                }));
  }

  private static Map<String, Function<Caller, Reply>> requests(
      String field, String key, String value) {
    String merge = "{'metadata': {'%s': {'%s': '%s'}}}".formatted(field, key, value);
    String json =
        "[{'op': 'add', 'path': '/metadata/%s/%s', 'value': '%s'}]"
            .formatted(field, key.replace("/", "~1"), value);
    String apply =
        "{'apiVersion': 'v1', 'kind': 'Namespace', 'metadata': {'name': '%s', '%s': {'%s': '%s'}}}"
            .formatted(NAME, field, key, value);
    return Map.of(
        "merge patch", caller -> caller.merge(PATH, merge),
        "strategic patch", caller -> caller.patch(PATH, "strategic-merge-patch", merge),
        "JSON patch", caller -> caller.patch(PATH, "json-patch", json),
        "apply", caller -> caller.apply(PATH, apply),
        "PUT", caller -> caller.put(PATH, changed(field, key, value)),
        "merge patch of the status", caller -> caller.merge(PATH + "/status", merge),
        "PUT of the status", caller -> caller.put(PATH + "/status", changed(field, key, value)),
        "apply of the status", caller -> caller.apply(PATH + "/status", apply),
        "finalize", caller -> caller.put(PATH + "/finalize", changed(field, key, value)));
  }

  /** The object as it is, but for one label or annotation. */
  private static String changed(String field, String key, String value) {
    var namespace = (ObjectNode) administrator.get(PATH).body();
    namespace.withObject("/metadata/" + field).put(key, value);
    return namespace.toString();
  }

  private static String object(Map<String, String> labels, Map<String, String> annotations) {
    var mapper = new ObjectMapper();
    var object = mapper.createObjectNode();
    var metadata = object.putObject("metadata").put("name", NAME);
    metadata.set("labels", mapper.valueToTree(labels));
    metadata.set("annotations", mapper.valueToTree(annotations));
    return object.toString();
  }
}
