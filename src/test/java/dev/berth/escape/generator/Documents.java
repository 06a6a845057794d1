package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** YAML of the test resources as JSON. */
public final class Documents {
  public static final ObjectMapper JSON = new ObjectMapper();

  private Documents() {}

  public static JsonNode resource(String file) {
    return all(text(Path.of("src/test/resources/escape").resolve(file))).getFirst();
  }

  public static String text(Path file) {
    try {
      return Files.readString(Path.of(System.getProperty("basedir", "")).resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonNode> all(String yaml) {
    List<JsonNode> documents = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(yaml)
        .forEach(document -> documents.add(JSON.valueToTree(document)));
    return documents;
  }
}
