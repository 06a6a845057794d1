package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.assertLetIn;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.denialOf;
import static dev.berth.installation.TenantCluster.podOf;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.installation.Caller;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A private image that another tenant pulled is asked for at its registry (T13). What is denied
 * where nothing sets the value: BeforeMutatingPoliciesIT.
 */
class ImagesIT {

  private static final String POOL =
      "'berth.dev/node-selector': 'kubernetes.azure.com/kata-vm-isolation=true'";
  private static final String ANY = POOL + ", 'berth.dev/image-pull': 'Any'";
  private static final String NEVER =
      """
      {'initContainers': [{'name': 'a', 'image': 'i:1', 'imagePullPolicy': 'Never'}],
       'containers': [{'name': 'c', 'image': 'i:1'}],
       'volumes': [{'name': 'v', 'image': {'reference': 'i:1'}}, {'name': 'e', 'emptyDir': {}}]}\
      """;

  private static Caller administrator;
  private static Caller breakGlass;

  @BeforeAll
  static void aNamespaceThatAsksTheRegistry() {
    administrator = Caller.administrator();
    breakGlass = Caller.administratorNamed("somebody", "berth:break-glass");
    awaitPolicies();
    sandboxed("tenant-pulling");
    sandboxed("tenant-relaxed", "kata-vm-isolation", ANY);
    await()
        .untilAsserted(() -> assertLetIn(podOf(administrator, "tenant-pulling", NEVER, DRY_RUN)));
  }

  @Test
  void everyContainerAndImageVolumeOfASandboxIsMadeToAsk() {
    JsonNode pod = podOf(administrator, "tenant-pulling", NEVER, DRY_RUN).body();

    assertThat(pod.findValuesAsText("imagePullPolicy")).containsExactly("Always", "Always");
    assertThat(pod.at("/spec/volumes/0/image/pullPolicy").asText()).isEqualTo("Always");
    assertThat(pod.at("/spec/volumes/1").has("emptyDir")).isTrue();
    assertThat(pod.at("/spec/runtimeClassName").asText()).isEqualTo("kata-vm-isolation");
  }

  @Test
  void whereThePlanSaysAnyThePodIsLeftAsItIs() {
    JsonNode pod = podOf(administrator, "tenant-relaxed", NEVER, DRY_RUN).body();

    assertThat(pod.findValuesAsText("imagePullPolicy"))
        .containsExactlyInAnyOrder("IfNotPresent", "Never");
    assertThat(pod.at("/spec/volumes/0/image/pullPolicy").asText()).isEqualTo("IfNotPresent");
  }

  @Test
  void aRunningPodTakesNoOtherImageWithoutAsking() {
    sandboxed("tenant-later", "kata-vm-isolation", ANY);
    String path = NAMESPACES + "tenant-later/pods/p";
    assertLetIn(
        podOf(
            administrator, "tenant-later", "{'containers': [{'name': 'c', 'image': 'i:1'}]}", ""));
    assertLetIn(
        breakGlass.merge(
            NAMESPACES + "tenant-later",
            "{'metadata': {'annotations': {'berth.dev/image-pull': 'Always'}}}"));
    String other = "{'spec': {'containers': [{'name': 'c', 'image': 'secret:1'}]}}";

    await()
        .untilAsserted(() ->
            assertDenied(
                administrator.patch(path + DRY_RUN, "strategic-merge-patch", other),
                denialOf("berth-images"),
                "set imagePullPolicy to Always"));
    assertLetIn(administrator.merge(path, "{'metadata': {'labels': {'a': 'b'}}}"));
  }

  @Test
  void aContainerThatIsAddedToARunningPodIsMadeToAskAndTheOthersStay() {
    sandboxed("tenant-debugging", "kata-vm-isolation", ANY);
    assertLetIn(
        podOf(
            administrator,
            "tenant-debugging",
            "{'containers': [{'name': 'c', 'image': 'i:1'}]}",
            ""));
    assertLetIn(debug("before", ""));
    assertLetIn(
        breakGlass.merge(
            NAMESPACES + "tenant-debugging",
            "{'metadata': {'annotations': {'berth.dev/image-pull': null}}}"));

    await()
        .untilAsserted(() -> {
          JsonNode tried = debug("after", DRY_RUN).body();
          assertThat(tried.at("/spec/ephemeralContainers").findValuesAsText("imagePullPolicy"))
              .contains("Always");
        });
    assertLetIn(debug("after", ""));

    JsonNode pod = administrator.get(NAMESPACES + "tenant-debugging/pods/p").body();
    assertThat(pod.at("/spec/ephemeralContainers").findValuesAsText("imagePullPolicy"))
        .containsExactlyInAnyOrder("IfNotPresent", "Always");
    assertThat(pod.at("/spec/containers/0/imagePullPolicy").asText()).isEqualTo("IfNotPresent");
  }

  private static Caller.Reply debug(String name, String query) {
    return administrator.patch(
        NAMESPACES + "tenant-debugging/pods/p/ephemeralcontainers" + query,
        "strategic-merge-patch",
        "{'spec': {'ephemeralContainers': [{'name': '%s', 'image': 'i:1'}]}}".formatted(name));
  }
}
