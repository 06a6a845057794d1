package dev.berth.escape.judge;

import static dev.berth.escape.judge.Confinement.breach;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Tenancy;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Storage of the tenant's own classes, made anew for it, and within what it has. */
final class Claims {
  private static final Pattern BINDING =
      Pattern.compile("(volume(\\.beta)?|pv)\\.kubernetes\\.io/.*");

  private Claims() {}

  static Stream<Breach> breaches(JsonNode claim, Tenancy tenancy) {
    JsonNode spec = claim.path("spec");
    JsonNode storageClass = spec.path("storageClassName");
    JsonNode from = spec.path("dataSourceRef");
    return Stream.of(
            breach(
                !storageClass.isMissingNode()
                    && !tenancy.storageClasses().contains(storageClass.asText()),
                "a storage class of its own choice",
                storageClass.toString()),
            breach(spec.has("volumeName"), "a volume of its own choice", "volumeName"),
            breach(spec.has("selector"), "a volume of its own choice", "selector"),
            breach(
                spec.has("volumeAttributesClassName"),
                "a storage class of its own choice",
                "volumeAttributesClassName"),
            breach(
                from.has("namespace")
                    && !from.path("namespace").asText().equals(tenancy.namespace()),
                "data of others",
                from.toString()),
            breach(
                Sizes.amount(spec.at("/resources/requests/storage"))
                        .compareTo(Sizes.amount(tenancy.quota().path("requests.storage")))
                    > 0,
                "more than the tenant has",
                spec.path("resources").toString()),
            Reach.keys(claim, BINDING)
                .map(key -> new Breach("an annotation that speaks to the platform", key)))
        .flatMap(breaches -> breaches);
  }
}
