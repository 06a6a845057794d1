package dev.berth.escape;

import static dev.berth.escape.judge.PodObject.items;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Target;
import java.util.stream.Stream;

/**
 * What the controllers of the cluster make of an object that was admitted, with their own rights.
 */
final class Consequences {
  private Consequences() {}

  static Stream<Attempt> of(Attempt attempt, JsonNode admitted) {
    Target target = attempt.target();
    if (target == Target.POD) {
      return items(admitted.at("/spec/volumes"))
          .map(volume -> volume.at("/ephemeral/volumeClaimTemplate"))
          .filter(JsonNode::isObject)
          .map(claim -> made(claim, Target.CLAIM))
          .map(claim -> attempt.leadsTo(Target.CLAIM, "ephemeral-volume-controller", claim));
    }
    if (!target.isWorkload()) {
      return Stream.empty();
    }
    ObjectNode pod = made(admitted.at(target.template()), Target.POD);
    Stream<Attempt> pods = Stream.of(attempt.leadsTo(Target.POD, target.controller(), pod));
    Stream<Attempt> claims =
        items(admitted.at("/spec/volumeClaimTemplates"))
            .map(claim -> made(claim, Target.CLAIM))
            .map(claim -> attempt.leadsTo(Target.CLAIM, target.controller(), claim));
    return Stream.concat(pods, claims);
  }

  private static ObjectNode made(JsonNode template, Target target) {
    ObjectNode object = template.deepCopy();
    object.put("apiVersion", "v1").put("kind", target.kind());
    ObjectNode metadata = object.withObject("/metadata");
    metadata.remove(java.util.List.of("name", "creationTimestamp"));
    metadata.put("generateName", "made-");
    object.remove("status");
    return object;
  }
}
