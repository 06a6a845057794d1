package dev.berth.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.process.ChildProcess;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Texts;
import dev.berth.local.run.RunFolder;
import dev.berth.manifest.Rendering;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One pod of the Deployment as a process: its variables and no others, its files, the arguments of
 * the image, the token of its account. Paths are mapped into a folder, ports to free ones.
 */
final class Pod implements AutoCloseable {
  private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
  private static final Path APPLICATION = Rendering.PROJECT.resolve("target/quarkus-app");

  private final Rendering rendering;
  private final Path root;
  private final int management;
  private final int http;
  private final List<ChildProcess> running = new ArrayList<>();

  Pod(Rendering rendering, Path root) {
    this.rendering = rendering;
    this.root = root.toAbsolutePath();
    Ports ports = Ports.rememberedIn(this.root);
    this.http = ports.of("http");
    this.management = ports.of("management");
  }

  /**
   * Writes what the volumes hold.
   *
   * @param secrets by the name of the Secret and of the key in it
   * @param addresses puts the addresses of this machine in the place of those of the house
   */
  void mount(Map<String, Map<String, String>> secrets, UnaryOperator<String> addresses) {
    for (JsonNode mount : rendering.container().path("volumeMounts")) {
      Path folder = inside(mount.path("mountPath").asText());
      JsonNode volume = volume(mount.path("name").asText());
      write(folder, Map.of());
      if (volume.has("configMap")) {
        JsonNode data =
            rendering.one("ConfigMap", volume.at("/configMap/name").asText()).path("data");
        data.properties()
            .forEach(file ->
                write(folder, Map.of(file.getKey(), addresses.apply(file.getValue().asText()))));
      }
      if (volume.has("secret")) {
        write(folder, secrets.get(volume.at("/secret/secretName").asText()));
      }
    }
  }

  /** What the cluster puts into each pod whose account gives its token. */
  void giveToken(Config berth) {
    if (!rendering.template().at("/spec/automountServiceAccountToken").asBoolean()) {
      return;
    }
    byte[] authority = Base64.getDecoder().decode(berth.getCaCertData());
    write(
        inside(ACCOUNT),
        Map.of(
            "token", berth.getAutoOAuthToken(),
            "namespace", rendering.deployment().at("/metadata/namespace").asText(),
            "ca.crt", new String(authority, StandardCharsets.US_ASCII)));
  }

  void start(URI apiServer) {
    Map<String, String> variables = new TreeMap<>();
    variables.put("KUBERNETES_SERVICE_HOST", apiServer.getHost());
    variables.put("KUBERNETES_SERVICE_PORT", Integer.toString(apiServer.getPort()));
    for (JsonNode variable : rendering.container().path("env")) {
      variables.put(
          variable.path("name").asText(),
          variable.path("value").asText().replaceAll("(^|,)/", "$1" + root + "/"));
    }
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    variables.forEach((name, value) -> command.add(name + "=" + value));
    command.addAll(arguments());
    running.add(ChildProcess.start("berth", root, command, Map.of()));
  }

  URI readiness() {
    return URI.create(
        "http://127.0.0.1:%d%s"
            .formatted(
                management, rendering.container().at("/readinessProbe/httpGet/path").asText()));
  }

  String log() {
    return Texts.read(root.resolve("berth.log")).orElse("");
  }

  boolean isAlive() {
    return running.getLast().isAlive();
  }

  @Override
  public void close() {
    running.forEach(ChildProcess::close);
  }

  /** The entry point of the image, with what maps this machine to a pod. */
  private List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    for (JsonNode word : entryPoint()) {
      arguments.add(word.asText().replace("/deployments", APPLICATION.toString()));
    }
    arguments.set(0, RunFolder.java());
    arguments.addAll(
        1,
        List.of(
            "-XX:MaxRAM=" + memory(),
            "-Djava.io.tmpdir=" + inside("/tmp"),
            "-Duser.home=" + root,
            "-Dkubernetes.auth.serviceAccount.token=" + inside(ACCOUNT + "token"),
            "-Dkubernetes.certs.ca.file=" + inside(ACCOUNT + "ca.crt"),
            "-Dquarkus.http.host=127.0.0.1",
            "-Dquarkus.management.host=127.0.0.1",
            "-Dquarkus.http.port=" + http,
            "-Dquarkus.management.port=" + management));
    return arguments;
  }

  private static JsonNode entryPoint() {
    String file =
        Texts.read(Rendering.PROJECT.resolve("src/main/docker/Dockerfile.jvm"))
            .orElseThrow()
            .replace("\\\n", "");
    String line = file.lines().filter(it -> it.startsWith("ENTRYPOINT ")).findFirst().orElseThrow();
    try {
      return new ObjectMapper().readTree(line.substring("ENTRYPOINT ".length()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String memory() {
    return rendering.container().at("/resources/limits/memory").asText().replace("Mi", "m");
  }

  private JsonNode volume(String name) {
    for (JsonNode volume : rendering.template().at("/spec/volumes")) {
      if (volume.path("name").asText().equals(name)) {
        return volume;
      }
    }
    throw new IllegalStateException("no volume " + name);
  }

  private Path inside(String path) {
    return root.resolve(path.substring(1));
  }

  private static void write(Path folder, Map<String, String> files) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.forEach((name, content) -> Texts.write(folder.resolve(name), content));
  }
}
