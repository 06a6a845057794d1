package dev.berth.escape.judge;

import static dev.berth.escape.judge.Confinement.breach;
import static dev.berth.escape.judge.PodObject.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Tenancy;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** No address, port or name that the tenant chose itself. */
final class Services {
  /** Those that name something outside the tenant; others tune the tenant's own load balancer. */
  private static final Pattern NAMES =
      Pattern.compile(
          "service\\.beta\\.kubernetes\\.io/(azure-(load-balancer-(ipv[46]|resource-group|internal-subnet|mode|configurations)"
              + "|pip-(name|prefix-id)(-ipv6)?|dns-label-name|pls-.*|shared-securityrule|additional-public-ips)"
              + "|aws-.*)"
              + "|networking\\.gke\\.io/.*|cloud\\.google\\.com/.*|metallb\\.(io|universe\\.tf)/.*|lbipam\\.cilium\\.io/.*"
              + "|io\\.cilium/.*|service\\.cilium\\.io/.*|kube-vip\\.io/.*|external-dns(\\.alpha)?\\.kubernetes\\.io/.*"
              + "|getambassador\\.io/.*|tailscale\\.com/.*");

  private static final Set<String> CHOSEN =
      Set.of("externalIPs", "loadBalancerIP", "loadBalancerClass");

  private Services() {}

  /**
   * Ports and addresses that the API server chose are in the answer too, so what was sent counts.
   */
  static Stream<Breach> breaches(Attempt attempt, JsonNode service) {
    Tenancy tenancy = attempt.tenancy();
    JsonNode spec = service.path("spec");
    JsonNode asked = attempt.object().path("spec");
    JsonNode before = attempt.before().path("spec");
    String type = spec.path("type").asText();
    return Stream.of(
            breach(type.equals("NodePort"), "a port of the node", type),
            breach(type.equals("ExternalName"), "a name of others", type),
            CHOSEN.stream()
                .filter(field -> !spec.path(field).isMissingNode() && !spec.path(field).isNull())
                .filter(field -> !tenancy.serviceFields().contains(field))
                .map(field -> new Breach("an address of its own choice", field)),
            items(asked.path("ports"))
                .filter(port -> port.path("nodePort").asInt() != 0)
                .map(port -> new Breach("a port of the node", port.toString())),
            breach(
                asked.path("healthCheckNodePort").asInt() != 0
                    && spec.path("healthCheckNodePort").equals(asked.path("healthCheckNodePort")),
                "a port of the node",
                "healthCheckNodePort"),
            breach(
                !before.has("clusterIP")
                    && (isAddress(asked.path("clusterIP")) || isAddress(asked.at("/clusterIPs/0"))),
                "an address of its own choice",
                "clusterIP"),
            Reach.keys(service, NAMES)
                .filter(key -> !tenancy.serviceAnnotations().contains(key))
                .map(key -> new Breach("an annotation that speaks to the platform", key)))
        .flatMap(breaches -> breaches);
  }

  private static boolean isAddress(JsonNode clusterIp) {
    return !clusterIp.asText().isEmpty() && !clusterIp.asText().equals("None");
  }
}
