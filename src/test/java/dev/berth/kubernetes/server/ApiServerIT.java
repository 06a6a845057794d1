package dev.berth.kubernetes.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.SomeTenant;
import dev.berth.kubernetes.object.Manifests;
import dev.berth.kubernetes.server.Denial.DenialKind;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of a real API server on which the write rules rest, for each kind Berth writes. */
class ApiServerIT {

  private static final String NOTHING = "{'metadata': {'uid': '%s', 'resourceVersion': '%s'}}";
  private static final String LABEL =
      "{'metadata': {'uid': '%s', 'resourceVersion': '%s', 'labels': {'touched': '%s'}}}";

  private final SomeTenant tenant = SomeTenant.fresh();
  private final Hands hands = Hands.intruders();

  /** Everything but the namespace, which stands around them. */
  static List<Resource> kinds() {
    return SomeTenant.named("any").everything();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPostNeverOverwrites(Resource any) {
    Resource resource = made(any);

    Answer again = hands.api.post(ApiPath.collection(resource.key()), body(resource), soon());

    assertThat(again.isAlreadyExists()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPatchOfACurrentObjectPassesAndOneThatChangesNothingKeepsTheVersion(Resource any) {
    Resource resource = made(any);
    Live live = live(resource);

    Answer changed = patch(resource, LABEL.formatted(live.uid(), live.resourceVersion(), "once"));
    Live latest = changed.object();
    Answer unchanged = patch(resource, NOTHING.formatted(latest.uid(), latest.resourceVersion()));

    assertThat(changed.code()).isEqualTo(200);
    assertThat(unchanged.code()).isEqualTo(200);
    assertThat(unchanged.object().resourceVersion()).isEqualTo(latest.resourceVersion());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPatchOfAnObjectThatChangedMeanwhileIsAConflictEvenIfItChangesNothing(Resource any) {
    Resource resource = made(any);
    Live stale = live(resource);
    patch(resource, LABEL.formatted(stale.uid(), stale.resourceVersion(), "meanwhile"));
    Live now = live(resource);

    Answer late = patch(resource, LABEL.formatted(stale.uid(), stale.resourceVersion(), "late"));
    Answer idle = patch(resource, NOTHING.formatted(stale.uid(), stale.resourceVersion()));

    assertThat(late.code()).isEqualTo(409);
    assertThat(idle.code()).isEqualTo(409);
    assertThat(live(resource).resourceVersion()).isEqualTo(now.resourceVersion());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPatchOfAReplacedObjectChangesNothing(Resource any) {
    Resource resource = made(any);
    Live live = live(resource);

    Answer wrongUid =
        patch(resource, LABEL.formatted("another-uid", live.resourceVersion(), "late"));
    Answer bothWrong = patch(resource, LABEL.formatted("another-uid", "1", "late"));

    assertThat(Answers.outcome(wrongUid, "patching")).isInstanceOf(Outcome.Retryable.class);
    assertThat(bothWrong.code()).isEqualTo(409);
    assertThat(live(resource).label("touched")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aPatchOfAnAbsentObjectNeverCreates(Resource any) {
    Resource resource = of(any);
    hands.api.post("/api/v1/namespaces", body(tenant.itself()), soon());
    Resource.Key absent =
        new Resource.Key(resource.key().namespace(), resource.key().kind(), "tenant-absent");
    String path = ApiPath.object(absent);

    assertThat(hands.patch(path, LABEL.formatted("any", "1", "late")).code()).isEqualTo(404);
    assertThat(hands.patch(path, "{'metadata': {'resourceVersion': '0'}}").code()).isEqualTo(404);
    assertThat(hands.patch(path, "{'metadata': {}}").code()).isEqualTo(404);
    assertThat(hands.get(path).isAbsent()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aDeleteWithAnotherUidIsRefusedAndOfAnAbsentObjectIs404(Resource any) {
    Resource resource = made(any);
    String path = ApiPath.object(resource.key());

    assertThat(hands.delete(path, "another-uid").code()).isEqualTo(409);
    assertThat(hands.get(path).isOk()).isTrue();
    assertThat(hands.delete(path + "-absent", "any").code()).isEqualTo(404);
  }

  @Test
  void inAnAbsentNamespaceNothingCanBeMade() {
    children()
        .forEach(child ->
            assertThat(
                    hands.api.post(ApiPath.collection(child.key()), body(child), soon()).isAbsent())
                .as(child.key().toString())
                .isTrue());
  }

  @Test
  void inATerminatingNamespaceNothingCanBeMadeButWhatIsThereCanBeChanged() {
    hands.api.post("/api/v1/namespaces", body(tenant.itself()), soon());
    String kept = ApiPath.collection(tenant.owners().key());
    hands.post(
        kept,
        """
        {'metadata': {'name': 'kept', 'finalizers': ['ex.io/stay']},
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'x'}}\
        """);
    Answer deleted = hands.delete(tenant.path(), hands.get(tenant.path()).object().uid());

    assertThat(deleted.object().isTerminating()).isTrue();
    children()
        .forEach(child ->
            assertThat(
                    hands
                        .api
                        .post(ApiPath.collection(child.key()), body(child), soon())
                        .denial()
                        .kind())
                .as(child.key().toString())
                .isEqualTo(DenialKind.NAMESPACE_TERMINATING));
    assertThat(hands.patch(kept + "/kept", "{'subjects': []}").code()).isEqualTo(200);
    Answer again = hands.api.post("/api/v1/namespaces", body(tenant.itself()), soon());
    assertThat(again.isAlreadyExists()).isTrue();

    hands.patch(kept + "/kept", "{'metadata': {'finalizers': null}}");
    await().until(() -> hands.get(tenant.path()).isAbsent());
  }

  @Test
  void aServerThatIsNotThereIsNoAnswer() {
    var config =
        new io.fabric8.kubernetes.client.ConfigBuilder().withMasterUrl("http://127.0.0.1:1");
    try (var client =
        new io.fabric8.kubernetes.client.KubernetesClientBuilder()
            .withConfig(config.build())
            .build()) {
      ApiServer nobody = new ApiServer(client, java.time.Clock.systemUTC());

      Answer answer = nobody.get("/api", soon());

      assertThat(answer.code()).isEqualTo(Answer.NONE);
      assertThat(Answers.outcome(answer, "reading"))
          .isInstanceOfSatisfying(
              Outcome.Retryable.class,
              o -> assertThat(o.message()).contains("reading", "127.0.0.1:1"));
    }
  }

  private Stream<Resource> children() {
    return tenant.everything().stream()
        .filter(resource -> resource.key().kind() != Resource.Kind.Namespace);
  }

  /** The same kind in this test's own namespace. */
  private Resource of(Resource any) {
    return tenant.everything().stream()
        .filter(resource -> resource.key().kind() == any.key().kind())
        .findFirst()
        .orElseThrow();
  }

  private Resource made(Resource any) {
    Resource resource = of(any);
    hands.api.post("/api/v1/namespaces", body(tenant.itself()), soon());
    hands.api.post(ApiPath.collection(resource.key()), body(resource), soon());
    assertThat(hands.get(ApiPath.object(resource.key())).isOk()).isTrue();
    if (resource instanceof Resource.ResourceQuota) {
      await().until(() -> !live(resource).json().at("/status/hard").isEmpty());
    }
    return resource;
  }

  private Live live(Resource resource) {
    return hands.get(ApiPath.object(resource.key())).object();
  }

  private Answer patch(Resource resource, String patch) {
    return hands.patch(ApiPath.object(resource.key()), patch);
  }

  private com.fasterxml.jackson.databind.JsonNode body(Resource resource) {
    return Manifests.manifest(resource, tenant.assignment());
  }

  private static java.time.Instant soon() {
    return Hands.soon();
  }
}
