package dev.berth.shipped;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The parts of the package, as the build's CycloneDX file lists them. */
record BillOfMaterials(List<Part> parts) {

  /** {@code file} is below {@code target/quarkus-app}; {@code licences} are alternatives. */
  record Part(String file, String name, String version, List<String> licences) {}

  static BillOfMaterials of(Path file) {
    try {
      JsonNode document = new ObjectMapper().readTree(file.toFile());
      return new BillOfMaterials(
          elements(document.path("components")).flatMap(BillOfMaterials::parts).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("the build has written no " + file, e);
    }
  }

  /** None for a component that is only used by the build. */
  private static Stream<Part> parts(JsonNode component) {
    String group = component.path("group").asText();
    String name = component.path("name").asText();
    return elements(component.at("/evidence/occurrences"))
        .map(occurrence ->
            new Part(
                occurrence.path("location").asText(),
                group.isEmpty() ? name : group + ":" + name,
                component.path("version").asText(),
                elements(component.path("licenses")).map(BillOfMaterials::licence).toList()));
  }

  private static String licence(JsonNode choice) {
    JsonNode licence = choice.path("license");
    return licence.has("id") ? licence.path("id").asText() : licence.path("name").asText();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1).map(array::path);
  }
}
