package dev.berth.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.tool.GoTool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Objects as they would be applied, in that order. */
public final class Rendering {
  public static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper SORTED =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
  private static final Map<Path, String> RENDERED = new ConcurrentHashMap<>();

  private final List<ObjectNode> objects;

  private Rendering(List<ObjectNode> objects) {
    this.objects = objects;
  }

  /** Of Kustomize folders, one after the other; a folder that cannot be rendered throws. */
  public static Rendering of(String... folders) {
    return new Rendering(
        Stream.of(folders).flatMap(folder -> parse(text(folder)).stream()).toList());
  }

  public static String text(String folder) {
    return RENDERED.computeIfAbsent(PROJECT.resolve(folder).normalize(), Rendering::kustomize);
  }

  /** Of YAML documents. */
  public static Rendering ofYaml(String documents) {
    return new Rendering(parse(documents));
  }

  /** One that can be changed. */
  public Rendering copy() {
    return new Rendering(objects.stream().map(ObjectNode::deepCopy).toList());
  }

  /** As text that is the same for the same content. */
  public static String sorted(ObjectNode object) {
    try {
      return SORTED.writeValueAsString(SORTED.convertValue(object, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first document of a file of the project. */
  public static JsonNode yaml(String file) {
    try {
      String text = Files.readString(PROJECT.resolve(file));
      return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<ObjectNode> objects() {
    return objects;
  }

  public List<ObjectNode> all(String kind) {
    return objects.stream().filter(object -> kind.equals(object.path("kind").asText())).toList();
  }

  /** An empty object where there is none of that kind and name. */
  public JsonNode one(String kind, String name) {
    return all(kind).stream()
        .filter(object -> name.equals(object.at("/metadata/name").asText()))
        .map(JsonNode.class::cast)
        .findFirst()
        .orElseGet(JSON::createObjectNode);
  }

  public JsonNode deployment() {
    return one("Deployment", "berth");
  }

  /** What the pods of Berth are: labels and spec. */
  public JsonNode template() {
    return deployment().at("/spec/template");
  }

  public JsonNode container() {
    return template().at("/spec/containers/0");
  }

  public static String tool(List<String> command) {
    try {
      Path errors = Files.createTempFile("berth-tool", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(PROJECT.toFile())
              .redirectError(errors.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes());
      int code = process.waitFor();
      String said = Files.readString(errors);
      Files.delete(errors);
      if (code != 0) {
        throw new IllegalStateException(String.join(" ", command) + ": " + said);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String kustomize(Path folder) {
    return tool(List.of(GoTool.KUSTOMIZE.path().toString(), "build", folder.toString()));
  }

  private static List<ObjectNode> parse(String documents) {
    List<ObjectNode> objects = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(documents)
        .forEach(document -> {
          if (document != null) {
            objects.add(JSON.valueToTree(document));
          }
        });
    return objects;
  }
}
