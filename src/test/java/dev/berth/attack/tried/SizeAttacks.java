package dev.berth.attack.tried;

import static dev.berth.attack.Guard.LIMIT_RANGE;
import static dev.berth.attack.Guard.RESOURCE_QUOTA;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.RELAXED;
import static dev.berth.attack.Request.create;

import dev.berth.attack.Attack;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import java.util.stream.Stream;

/** More than the plan gives, or sandboxes of a size that no sandbox can have. */
final class SizeAttacks {
  private SizeAttacks() {}

  static Stream<Attack> all() {
    return Stream.concat(
        Stream.of(
                pod("a sandbox below 128Mi", "64Mi", "64Mi"),
                pod("a sandbox that asks for less than it takes", "128Mi", "512Mi"),
                podLevel("T2: a pod larger than its containers", "512Mi", "14Gi"),
                podLevel("T2: a pod larger than it asks for", "1Gi", "14Gi"))
            .flatMap(it -> Stream.of(it.by(OWNER, LIMIT_RANGE), it.by(OPENED, LIMIT_RANGE))),
        Stream.of(
                pod("a sandbox beyond the plan", "900Gi", "900Gi"),
                pod("a sandbox larger than any node", "2Pi", "2Pi"),
                disk("T7: the disk of a node"),
                service("a load balancer that the plan has not", RELAXED, "LoadBalancer"),
                create(
                    "a claim beyond the plan",
                    ALPHA + "/persistentvolumeclaims",
                    """
                    {'metadata': {'name': 'v'}, 'spec': {'accessModes': ['ReadWriteOnce'],
                     'resources': {'requests': {'storage': '900Ti'}}}}\
                    """))
            .flatMap(it -> Stream.of(it.by(OWNER, RESOURCE_QUOTA), it.by(OPENED, RESOURCE_QUOTA))));
  }

  private static Request pod(String name, String request, String limit) {
    String resources =
        "{'resources': {'requests': {'memory': '%s', 'cpu': '500m'}, 'limits': {'memory': '%s', 'cpu': '500m'}}}";
    return create(name, ALPHA + "/pods", Pods.withContainer(resources.formatted(request, limit)));
  }

  private static Request podLevel(String name, String request, String limit) {
    String resources = "{'requests': {'memory': '%s'}, 'limits': {'memory': '%s'}}";
    return create(
        name,
        ALPHA + "/pods",
        Pods.withSpec("{'resources': %s}".formatted(resources.formatted(request, limit))));
  }

  private static Request disk(String name) {
    return create(
        name,
        ALPHA + "/pods",
        Pods.withContainer("{'resources': {'limits': {'ephemeral-storage': '10Ti'}}}"));
  }

  private static Request service(String name, String namespace, String type) {
    return create(
        name,
        namespace + "/services",
        "{'metadata': {'name': 's'}, 'spec': {'type': '%s', 'ports': [{'port': 80}]}}"
            .formatted(type));
  }
}
