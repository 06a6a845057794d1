package dev.berth.escape.judge;

import static dev.berth.escape.judge.Confinement.breach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Tenancy;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names nothing and nobody outside the tenant, and speaks to no program of the platform. */
final class Reach {
  /** Container runtimes, their plugins, the kubelet, the scheduler, network plugins. */
  private static final Pattern PLATFORM =
      Pattern.compile(
          "io\\.katacontainers\\..*|io\\.containerd\\..*|io\\.kubernetes\\.cri.*|.*\\.crio\\.io(/.*)?"
              + "|.*kubernetes\\.cri-o\\.io(/.*)?|dev\\.gvisor\\..*|(.*\\.)?nri\\.io/.*|.*\\.noderesource\\.dev/.*"
              + "|cdi\\.k8s\\.io/.*|run\\.oci\\..*|module\\.wasm\\..*|scheduler\\.alpha\\.kubernetes\\.io/.*"
              + "|kubernetes\\.io/config\\..*|k8s\\.v1\\.cni\\.cncf\\.io/.*|v1\\.multus-cni\\.io/.*"
              + "|cni\\.projectcalico\\.org/.*|ipam\\.cilium\\.io/.*|policy\\.cilium\\.io/.*");

  /** Legacy spelling of the profiles of a container. */
  private static final Pattern PROFILE =
      Pattern.compile(
          "(container\\.)?(seccomp\\.security\\.alpha|apparmor\\.security\\.beta)\\.kubernetes\\.io/.*");

  private Reach() {}

  static Stream<Breach> breaches(PodObject pod, Tenancy tenancy) {
    long grace = pod.spec().path("terminationGracePeriodSeconds").asLong();
    return Stream.of(
            annotations(pod),
            pod.containers().flatMap(Reach::hosts),
            pod.containers()
                .map(container -> container.path("imagePullPolicy"))
                .flatMap(policy -> pull(policy, tenancy)),
            pod.volumes()
                .filter(volume -> volume.has("image"))
                .map(volume -> volume.at("/image/pullPolicy"))
                .flatMap(policy -> pull(policy, tenancy)),
            breach(grace > tenancy.graceSeconds(), "takes its time to end", Long.toString(grace)))
        .flatMap(breaches -> breaches);
  }

  private static Stream<Breach> annotations(PodObject pod) {
    JsonNode annotations = pod.json().at("/metadata/annotations");
    return pod.annotations()
        .filter(key ->
            PLATFORM.matcher(key).matches()
                || (PROFILE.matcher(key).matches()
                    && annotations.path(key).asText().equals("unconfined")))
        .map(key -> new Breach("an annotation that speaks to the platform", key));
  }

  /** The kubelet asks, past every network policy. */
  private static Stream<Breach> hosts(JsonNode container) {
    return Stream.of(
            "/livenessProbe",
            "/readinessProbe",
            "/startupProbe",
            "/lifecycle/postStart",
            "/lifecycle/preStop")
        .flatMap(
            handler -> List.of("/httpGet/host", "/tcpSocket/host").stream().map(handler::concat))
        .filter(pointer -> !container.at(pointer).asText().isEmpty())
        .map(pointer ->
            new Breach("a request that the node sends", pointer + ": " + container.at(pointer)));
  }

  private static Stream<Breach> pull(JsonNode policy, Tenancy tenancy) {
    return breach(
        tenancy.pullsAlways() && !policy.asText().equals("Always"),
        "an image that another has fetched",
        policy.asText());
  }

  /** Whatever of the annotations is written for programs that serve the whole cluster. */
  static Stream<String> keys(JsonNode object, Pattern pattern) {
    return PodObject.keys(object.at("/metadata/annotations"))
        .filter(key -> pattern.matcher(key).matches());
  }
}
