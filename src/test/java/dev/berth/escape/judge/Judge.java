package dev.berth.escape.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Tenancy;
import java.util.List;
import java.util.stream.Stream;

/** Knows the threats, and nothing of who refuses them. */
public final class Judge {
  private Judge() {}

  /** What is wrong with an object that was admitted. A workload is judged by what is made of it. */
  public static List<Breach> breaches(Attempt attempt, JsonNode admitted) {
    Tenancy tenancy = attempt.tenancy();
    return switch (attempt.target()) {
      case POD -> {
        PodObject pod = new PodObject(admitted);
        yield Stream.of(
                Confinement.breaches(pod, tenancy),
                Sizes.breaches(pod, tenancy),
                Places.breaches(pod, tenancy),
                Reach.breaches(pod, tenancy))
            .flatMap(breaches -> breaches)
            .distinct()
            .toList();
      }
      case SERVICE -> Services.breaches(attempt, admitted).toList();
      case CLAIM -> Claims.breaches(admitted, tenancy).toList();
      // Its controller looks for nodes itself, and writes down which one it found.
      case DAEMON_SET ->
          Places.nodeTerms(admitted.at("/spec/template/spec/affinity/nodeAffinity")).toList();
      default -> List.of();
    };
  }
}
