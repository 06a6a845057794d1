package dev.berth.attack;

import static dev.berth.attack.Guard.LIMIT_RANGE;
import static dev.berth.attack.Guard.RESOURCE_QUOTA;
import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.RELAXED;
import static dev.berth.attack.Request.create;

import java.util.stream.Stream;

/** More than the plan gives, or sandboxes of a size that no sandbox can have. */
final class SizeAttacks {
  private SizeAttacks() {}

  static Stream<Attack> all() {
    return Stream.concat(
        Stream.of(
                pod("a sandbox below 128Mi", "64Mi", "64Mi"),
                pod("a sandbox larger than any node", "2Pi", "2Pi"),
                pod("a sandbox that asks for less than it takes", "128Mi", "512Mi"))
            .flatMap(it -> Stream.of(it.by(OWNER, LIMIT_RANGE), it.by(OPENED, LIMIT_RANGE))),
        Stream.of(
                pod("a sandbox beyond the plan", "900Gi", "900Gi"),
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

  private static Request service(String name, String namespace, String type) {
    return create(
        name,
        namespace + "/services",
        "{'metadata': {'name': 's'}, 'spec': {'type': '%s', 'ports': [{'port': 80}]}}"
            .formatted(type));
  }
}
