package dev.berth.journey.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.ConfigProvider;

/** The sample plans in a directory, as the ConfigMap of an installation would hold them. */
public class PlanFolder implements QuarkusTestResourceLifecycleManager {

  private static final String DIRECTORY = "berth.catalogue.directory";

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "plans");
      for (String plan : List.of("starter", "team", "enterprise")) {
        Files.writeString(folder.resolve(plan + ".yaml"), sample(plan));
      }
      return Map.of(DIRECTORY, folder.toAbsolutePath().toString(), "berth.catalogue.poll", "1s");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {}

  /** Releases what {@code sample} describes under another name. */
  public static void release(String name, String sample) {
    release(name, sample, UnaryOperator.identity());
  }

  /** The same with a change. */
  public static void release(String name, String sample, UnaryOperator<String> change) {
    Path folder = ConfigProvider.getConfig().getValue(DIRECTORY, Path.class);
    try {
      Path written = Files.createTempFile(folder, ".", ".tmp");
      Files.writeString(
          written, change.apply(sample(sample).replace("name: " + sample, "name: " + name)));
      Files.move(written, folder.resolve(name + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sample(String plan) throws IOException {
    try (var in = PlanFolder.class.getResourceAsStream("/plans/" + plan + ".yaml")) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
