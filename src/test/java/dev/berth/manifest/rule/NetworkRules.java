package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.AvailabilityRules.hasPort;
import static dev.berth.manifest.rule.AvailabilityRules.labels;
import static dev.berth.manifest.rule.Rule.each;
import static dev.berth.manifest.rule.Rule.holds;
import static dev.berth.manifest.rule.Rule.selects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.manifest.Rendering;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who reaches Berth, and whom it reaches. */
public final class NetworkRules {
  private static final Set<String> NODE_CACHES = Set.of("169.254.10.11/32", "169.254.20.10/32");
  private static final long METADATA = address("169.254.169.254");

  public static final List<Rule> ALL =
      List.of(
          holds(
              "what is not allowed is denied",
              rendering -> {
                JsonNode spec = rendering.one("NetworkPolicy", "deny-all").path("spec");
                return spec.path("podSelector").isObject()
                    && spec.path("podSelector").isEmpty()
                    && spec.path("policyTypes").toString().equals("[\"Ingress\",\"Egress\"]")
                    && !spec.has("ingress")
                    && !spec.has("egress");
              }),
          holds(
              "every other policy is for Berth's pods",
              rendering ->
                  allowing(rendering)
                      .allMatch(policy -> selects(policy.path("podSelector"), labels(rendering)))),
          holds(
              "the API is for the ingress",
              rendering -> isOpenTo(rendering, "http", Set.of("ingress", "app-routing-system"))),
          holds(
              "health and metrics are for who watches",
              rendering -> isOpenTo(rendering, "management", Set.of("monitoring", "kube-system"))),
          holds(
              "names are resolved by the cluster",
              rendering ->
                  rules(rendering, "egress").anyMatch(NetworkRules::asksTheClusterForNames)),
          holds(
              "everything else that it reaches is an address with ports",
              rendering ->
                  rules(rendering, "egress")
                      .filter(rule -> !asksTheClusterForNames(rule))
                      .allMatch(rule ->
                          rule.path("ports").size() > 0
                              && rule.path("to").size() > 0
                              && each(rule.path("to")).allMatch(to -> to.has("ipBlock")))),
          holds(
              "no cloud tells it who it is",
              rendering ->
                  rules(rendering, "egress")
                      .flatMap(rule -> each(rule.path("to")))
                      .filter(to -> to.has("ipBlock"))
                      .map(to -> to.at("/ipBlock/cidr").asText())
                      .noneMatch(NetworkRules::holdsTheMetadataService)),
          holds(
              "it reaches Kafka, PostgreSQL and servers with TLS",
              rendering ->
                  List.of("9093", "5432", "443").stream()
                      .allMatch(port ->
                          rules(rendering, "egress")
                              .flatMap(rule -> each(rule.path("ports")))
                              .anyMatch(it -> it.path("port").asText().equals(port)))));

  private NetworkRules() {}

  private static Stream<JsonNode> allowing(Rendering rendering) {
    return rendering.all("NetworkPolicy").stream()
        .filter(policy -> !policy.at("/metadata/name").asText().endsWith("deny-all"))
        .map(policy -> policy.path("spec"));
  }

  private static Stream<JsonNode> rules(Rendering rendering, String direction) {
    return allowing(rendering).flatMap(policy -> each(policy.path(direction)));
  }

  private static boolean isOpenTo(Rendering rendering, String port, Set<String> namespaces) {
    List<JsonNode> open =
        rules(rendering, "ingress")
            .filter(rule ->
                rule.path("ports").isEmpty()
                    || each(rule.path("ports"))
                        .anyMatch(it -> it.path("port").asText().equals(port)))
            .toList();
    return hasPort(rendering, port)
        && !open.isEmpty()
        && open.stream()
            .allMatch(rule ->
                rule.path("from").size() > 0
                    && each(rule.path("from"))
                        .map(from ->
                            from.at("/namespaceSelector/matchLabels")
                                .path("kubernetes.io/metadata.name")
                                .asText())
                        .allMatch(namespaces::contains));
  }

  private static boolean asksTheClusterForNames(JsonNode rule) {
    return rule.at("/to/0/podSelector/matchExpressions/0/values/0").asText().equals("kube-dns")
        && rule.at("/to/0/podSelector/matchLabels").isMissingNode()
        && rule.path("to").size() == 1
        && each(rule.path("ports")).allMatch(port -> port.path("port").asInt() == 53)
        && rule.path("ports").size() == 2;
  }

  /** Of what surrounds the metadata service only the caches of DNS. */
  private static boolean holdsTheMetadataService(String cidr) {
    String[] parts = cidr.split("/");
    int free = 32 - Integer.parseInt(parts[1]);
    return !NODE_CACHES.contains(cidr)
        && (address(parts[0]) >> free == METADATA >> free || parts[0].startsWith("169.254."));
  }

  private static long address(String dotted) {
    return Stream.of(dotted.split("\\."))
        .mapToLong(Long::parseLong)
        .reduce(0, (a, b) -> a << 8 | b);
  }
}
