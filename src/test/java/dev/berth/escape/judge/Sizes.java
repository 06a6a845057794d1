package dev.berth.escape.judge;

import static dev.berth.escape.judge.PodObject.items;
import static dev.berth.escape.judge.PodObject.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.escape.generator.Tenancy;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Set;
import java.util.stream.Stream;

/** What a pod takes is what it asks for, is counted, and is within what the tenant has. */
final class Sizes {
  private static final Set<String> COUNTED = Set.of("cpu", "memory", "ephemeral-storage");

  private Sizes() {}

  static Stream<Breach> breaches(PodObject pod, Tenancy tenancy) {
    return Stream.of(
            everyPlace(pod).flatMap(place -> names(place, tenancy)),
            pod.containers().map(c -> c.path("resources")).flatMap(Sizes::equal),
            Stream.of("cpu", "memory").flatMap(resource -> fixed(pod, resource)),
            pod.sizedContainers().flatMap(Sizes::bounded),
            COUNTED.stream().flatMap(resource -> within(pod, tenancy, resource)),
            items(pod.spec().path("resourceClaims"))
                .map(claim -> new Breach("a resource that nobody counts", claim.toString())))
        .flatMap(breaches -> breaches);
  }

  /** Where a pod may write amounts. */
  private static Stream<JsonNode> everyPlace(PodObject pod) {
    return Stream.concat(Stream.of(pod.spec()), pod.containers())
        .map(holder -> holder.path("resources"));
  }

  private static Stream<Breach> names(JsonNode resources, Tenancy tenancy) {
    return Stream.concat(keys(resources.path("requests")), keys(resources.path("limits")))
        .distinct()
        .filter(name -> !COUNTED.contains(name) && !tenancy.resources().contains(name))
        .map(name -> new Breach("a resource that nobody counts", name));
  }

  private static Stream<Breach> equal(JsonNode resources) {
    return Stream.of("cpu", "memory")
        .filter(name -> resources.has("limits") || resources.has("requests"))
        .filter(name ->
            amount(resources.path("requests").path(name))
                    .compareTo(amount(resources.path("limits").path(name)))
                != 0)
        .map(name -> new Breach("takes more than it asks for", name + " of " + resources));
  }

  /** The pod as a whole, whose own amounts may win. */
  private static Stream<Breach> fixed(PodObject pod, String resource) {
    BigDecimal asked = effective(pod, resource, "requests");
    BigDecimal taken = effective(pod, resource, "limits");
    return Confinement.breach(
        taken.compareTo(asked) > 0,
        "takes more than it asks for",
        "%s of the pod: %s > %s".formatted(resource, taken.toPlainString(), asked.toPlainString()));
  }

  private static Stream<Breach> bounded(JsonNode container) {
    return COUNTED.stream()
        .filter(name -> container.at("/resources/limits").path(name).isMissingNode())
        .map(name -> new Breach("without a bound", name));
  }

  private static Stream<Breach> within(PodObject pod, Tenancy tenancy, String resource) {
    BigDecimal effective =
        effective(pod, resource, "limits").max(effective(pod, resource, "requests"));
    JsonNode hard = tenancy.quota().path("limits." + resource);
    if (hard.isMissingNode()) {
      hard = tenancy.quota().path("requests." + resource);
    }
    return Confinement.breach(
        hard.isMissingNode() || effective.compareTo(amount(hard)) > 0,
        hard.isMissingNode() ? "a resource that nobody counts" : "more than the tenant has",
        "%s: %s of %s".formatted(resource, effective.toPlainString(), hard.asText("no quota")));
  }

  /**
   * Containers run side by side; init containers one after the other, beside the sidecars that were
   * started before them; the pod's own amounts win; the sandbox comes on top.
   */
  static BigDecimal effective(PodObject pod, String resource, String side) {
    BigDecimal together = BigDecimal.ZERO;
    BigDecimal highest = BigDecimal.ZERO;
    for (JsonNode init : pod.spec().path("initContainers")) {
      BigDecimal own = amount(init, side, resource);
      highest = highest.max(together.add(own));
      if (init.path("restartPolicy").asText().equals("Always")) {
        together = together.add(own);
      }
    }
    for (JsonNode container : pod.spec().path("containers")) {
      together = together.add(amount(container, side, resource));
    }
    BigDecimal ofPod = amount(pod.spec(), side, resource);
    BigDecimal larger = ofPod.signum() > 0 ? ofPod : highest.max(together);
    return larger.add(amount(pod.spec().path("overhead").path(resource)));
  }

  private static BigDecimal amount(JsonNode holder, String side, String resource) {
    return amount(holder.path("resources").path(side).path(resource));
  }

  static BigDecimal amount(JsonNode quantity) {
    return quantity.isMissingNode()
        ? BigDecimal.ZERO
        : new Quantity(quantity.asText()).getNumericalAmount();
  }
}
