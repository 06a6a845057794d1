package dev.berth.journey.guarantee;

import static dev.berth.journey.stage.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.journey.stage.ClusterAdmin;
import dev.berth.journey.stage.OnRealParts;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.Wish;
import dev.berth.local.process.Progress;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * L11: every object of many tenants is changed by hand while others arrive. Prints how long it took
 * until all were as before, how many writes that needed, and how fast the others came in.
 */
@QuarkusTest
@TestProfile(OnRealParts.class)
@EnabledIfSystemProperty(named = "berth.long", matches = "true")
class DriftStormIT {

  private static final int CHANGED = Integer.getInteger("berth.storm", 200);
  private static final int ARRIVING = CHANGED / 2;
  private static final int HANDS = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** By path below the namespace: its part that counts, and what is done to it. */
  private static final Map<String, Edit> EDITS = new LinkedHashMap<>();

  static {
    EDITS.put(
        "/api/v1/namespaces/%s",
        new Edit(
            "/metadata/labels/berth.dev~1isolation",
            o -> o.withObject("/metadata/labels").put("berth.dev/isolation", "shared")));
    EDITS.put(
        "/api/v1/namespaces/%s/serviceaccounts/default",
        new Edit(
            "/automountServiceAccountToken", o -> o.put("automountServiceAccountToken", true)));
    EDITS.put(
        "/api/v1/namespaces/%s/resourcequotas/berth",
        new Edit("/spec", o -> o.withObject("/spec/hard").put("pods", "99")));
    EDITS.put(
        "/api/v1/namespaces/%s/limitranges/berth",
        new Edit(
            "/spec",
            o ->
                o.withObject("/spec")
                    .putArray("limits")
                    .addObject()
                    .put("type", "Pod")
                    .putObject("max")
                    .put("cpu", "9")));
    EDITS.put(
        "/apis/networking.k8s.io/v1/namespaces/%s/networkpolicies/isolation",
        new Edit("/spec", o -> o.withObject("/spec").putArray("egress").addObject()));
    EDITS.put(
        "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/berth-owner",
        new Edit(
            "/subjects",
            o ->
                o.withArray("/subjects")
                    .addObject()
                    .put("kind", "Group")
                    .put("apiGroup", "rbac.authorization.k8s.io")
                    .put("name", "intruders")));
  }

  private final ClusterAdmin cluster = Stage.CLUSTER;

  private record Edit(String place, Consumer<ObjectNode> change) {}

  @Test
  void allIsBroughtBackWithOneWriteEachWhileOthersArrive() {
    onboard("warm", CHANGED / 4);
    double alone = ARRIVING / seconds(() -> onboard("alone", ARRIVING));
    List<String> tenants = onboard("edited", CHANGED);
    Map<String, JsonNode> before = new LinkedHashMap<>();
    tenants.forEach(
        tenant -> EDITS.forEach((path, edit) -> before.put(path(path, tenant), at(path, tenant))));
    long written = Stage.AUDIT.writes(tenants);

    long begun = System.nanoTime();
    CompletableFuture<Double> arriving =
        CompletableFuture.supplyAsync(() -> seconds(() -> onboard("meanwhile", ARRIVING)));
    edit(tenants);
    double edited = since(begun);
    eventually(PATIENCE)
        .untilAsserted(() ->
            tenants.forEach(tenant ->
                EDITS.forEach((path, edit) ->
                    assertThat(at(path, tenant))
                        .as(path(path, tenant))
                        .isEqualTo(before.get(path(path, tenant))))));
    double repaired = since(begun);
    double meanwhile = ARRIVING / arriving.join();
    long writes = Stage.AUDIT.writes(tenants) - written;
    long closed = tenants.stream().filter(DriftStormIT::wasClosed).count();

    Progress.toConsole()
        .say(
            "%d tenants, %d objects changed by hand within %.1f s; all as before %.1f s after the first change, with %d writes;"
                    .formatted(CHANGED, before.size(), edited, repaired, writes)
                + " %d tenants were closed for a moment; %.1f tenants a second arrived meanwhile, %.1f without"
                    .formatted(closed, meanwhile, alone));
    assertThat(writes).isBetween((long) before.size(), before.size() + 2 * closed);
    assertThat(closed).isLessThan(CHANGED / 4);
    assertThat(meanwhile).isGreaterThanOrEqualTo(alone / 2);
  }

  /** A pod was tried between the change of the namespace and its repair: two more writes. */
  private static boolean wasClosed(String tenant) {
    return Stage.STATUS.types(tenant).contains("degraded");
  }

  private void edit(List<String> tenants) {
    try (ExecutorService hands = Executors.newFixedThreadPool(HANDS)) {
      tenants.forEach(tenant ->
          EDITS.forEach((path, edit) ->
              hands.execute(() -> cluster.changes(path(path, tenant), edit.change()))));
    }
  }

  private JsonNode at(String path, String tenant) {
    return cluster.get(path(path, tenant)).at(EDITS.get(path).place());
  }

  private static String path(String path, String tenant) {
    return path.formatted("tenant-" + tenant);
  }

  private static List<String> onboard(String name, int count) {
    List<String> tenants = IntStream.range(0, count).mapToObj(i -> Stage.tenant(name)).toList();
    tenants.forEach(tenant -> Stage.CONTROL_PLANE.creates(tenant, Wish.of("starter")));
    tenants.forEach(tenant -> Stage.STATUS.awaitReady(tenant, 1));
    return tenants;
  }

  private static double seconds(Runnable work) {
    long begun = System.nanoTime();
    work.run();
    return since(begun);
  }

  private static double since(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
