package dev.berth.manifest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.tool.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The Helm chart with values as people give them. */
public final class Chart {
  public static final Path FOLDER = Rendering.PROJECT.resolve("k8s/chart");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode values = JSON.createObjectNode();

  /** The values that say what overlay {@code house} says. */
  public static Chart house() {
    Rendering house = Rendering.of("src/test/resources/overlays/house");
    String[] image = house.container().path("image").asText().split("@");
    Chart chart = new Chart();
    chart.values.putObject("image").put("repository", image[0]).put("digest", image[1]);
    chart.values.put("config", text("src/test/resources/overlays/house/berth.properties"));
    chart.values.set("outside", house.one("NetworkPolicy", "berth-outside").at("/spec/egress"));
    return chart;
  }

  public Chart with(String value, Object to) {
    values.set(value, JSON.valueToTree(to));
    return this;
  }

  public ObjectNode values() {
    return values;
  }

  public Rendering rendered() {
    return rendered("berth-system");
  }

  /** Throws with what Helm says where it refuses the values. */
  public Rendering rendered(String namespace) {
    try {
      Path file = Files.createTempFile("values", ".json");
      Files.writeString(file, values.toString());
      return Rendering.ofYaml(
          Rendering.tool(
              List.of(
                  GoTool.HELM.path().toString(),
                  "template",
                  "berth",
                  FOLDER.toString(),
                  "--namespace",
                  namespace,
                  "--kube-version",
                  "1.36.0",
                  "--values",
                  file.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String text(String file) {
    try {
      return Files.readString(Rendering.PROJECT.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
