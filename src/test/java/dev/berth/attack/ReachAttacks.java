package dev.berth.attack;

import static dev.berth.attack.Guard.BERTH_PLACEMENT;
import static dev.berth.attack.Guard.BERTH_SECRETS;
import static dev.berth.attack.Guard.BERTH_SERVICES;
import static dev.berth.attack.Request.create;

import java.util.function.Function;
import java.util.stream.Stream;

/** What an owner may make, made so that it reaches others. */
final class ReachAttacks {
  private static final String REQUIRED =
      "{'affinity': {'%s': {'requiredDuringSchedulingIgnoredDuringExecution': [%s]}}}";
  private static final String PREFERRED =
      "{'affinity': {'%s': {'preferredDuringSchedulingIgnoredDuringExecution':"
          + " [{'weight': 1, 'podAffinityTerm': %s}]}}}";
  private static final String BESIDE_BETA =
      "{'topologyKey': 'kubernetes.io/hostname', 'labelSelector': {}, 'namespaces': ['tenant-beta']}";
  private static final String BESIDE_ALL =
      "{'topologyKey': 'kubernetes.io/hostname', 'labelSelector': {}, 'namespaceSelector': {}}";

  private ReachAttacks() {}

  static Stream<Attack> all() {
    return Stream.of(services(), secrets(), affinity())
        .flatMap(Function.identity())
        .flatMap(Function.identity());
  }

  private static Stream<Stream<Attack>> services() {
    String taking =
        "{'metadata': {'generateName': 's-'}, 'spec': {'ports': [{'port': 443}], 'externalIPs': ['%s']}}";
    return Stream.of(
        both(
            create(
                "CVE-2020-8554: a service that takes an address of the cluster",
                Paths.ALPHA + "/services",
                taking.formatted("10.0.0.1")),
            BERTH_SERVICES),
        both(
            create(
                "CVE-2020-8554: a service that takes an address of the world",
                Paths.ALPHA + "/services",
                taking.formatted("203.0.113.7")),
            BERTH_SERVICES));
  }

  private static Stream<Stream<Attack>> secrets() {
    return Stream.of(
        both(
            create(
                "a token that never expires",
                Paths.ALPHA + "/secrets",
                """
                {'metadata': {'generateName': 't-', 'annotations': {'kubernetes.io/service-account.name': 'default'}},
                 'type': 'kubernetes.io/service-account-token'}\
                """),
            BERTH_SECRETS));
  }

  private static Stream<Stream<Attack>> affinity() {
    return Stream.of(
        both(pod("that goes where the neighbour is", REQUIRED, "podAffinity", BESIDE_BETA)),
        both(pod("that keeps the neighbour away", REQUIRED, "podAntiAffinity", BESIDE_BETA)),
        both(pod("that keeps everybody away", REQUIRED, "podAntiAffinity", BESIDE_ALL)),
        both(pod("that prefers the neighbour", PREFERRED, "podAffinity", BESIDE_BETA)),
        both(pod("that avoids everybody", PREFERRED, "podAntiAffinity", BESIDE_ALL)));
  }

  private static Request pod(String name, String affinity, String kind, String term) {
    return create(
        "a pod " + name, Paths.ALPHA + "/pods", Pods.withSpec(affinity.formatted(kind, term)));
  }

  private static Stream<Attack> both(Request request) {
    return both(request, BERTH_PLACEMENT);
  }

  private static Stream<Attack> both(Request request, Guard guard) {
    return Stream.of(request.by(Identity.OWNER, guard), request.by(Identity.OPENED, guard));
  }
}
