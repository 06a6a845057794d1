package dev.berth.escape;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.escape.generator.Attempt;
import dev.berth.escape.generator.Documents;
import dev.berth.escape.generator.Target;
import dev.berth.escape.generator.Tenancy;
import dev.berth.escape.judge.PodObject;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The pods by which Kubernetes tests its pod security standards, of every version (T5): what one
 * standard of any version refuses is refused in a sandboxed namespace. What it lets pass and is
 * refused all the same is listed, with who refuses it.
 */
class PodSecurityFixturesIT {
  private static final Path RESOURCES = Path.of("src/test/resources/escape");
  private static final Path REFUSED = RESOURCES.resolve("pod-security-refused.txt");

  private static final Path PROJECT = Path.of(System.getProperty("basedir", ""));
  private static final Path SAID = PROJECT.resolve("target/pod-security-fixtures.txt");

  private static final JsonNode RESTRICTED_POD =
      Documents.all("{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}").getFirst();
  private static final JsonNode RESTRICTED_CONTAINER =
      Documents.all("{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}").getFirst();

  private static final EscapeStage STAGE = new EscapeStage("fixtures");
  private static final Hunt HUNT = new Hunt(STAGE::actor);

  @BeforeAll
  static void aTenantAsBerthLeavesIt() {
    STAGE.open();
    Attempt harmless =
        Attempt.toCreate(
            Target.POD,
            STAGE.plain,
            "",
            0,
            0,
            Target.POD.harmless(Documents.resource("objects.yaml")));
    await("the API server heeds the tenant's rights and rules")
        .atMost(Duration.ofMinutes(2))
        .until(() -> HUNT.answer(harmless).isAdmitted());
  }

  @AfterAll
  static void end() {
    HUNT.close();
    STAGE.close();
  }

  @Test
  void everyPodThatShallFailIsRefused() throws IOException {
    Map<String, Integer> guards = new TreeMap<>();
    List<String> admitted = new ArrayList<>();
    fixtures("fail")
        .forEach(fixture -> {
          Answer answer = send(fixture);
          if (answer.isAdmitted()) {
            admitted.add(title(fixture));
          } else {
            guards.merge(answer.guard(), 1, Integer::sum);
          }
        });

    Progress.toConsole().say("pod security: fixtures that shall fail are refused by " + guards);
    assertThat(admitted).isEmpty();
    assertThat(guards.keySet())
        .as("they are refused for their own faults")
        .isSubsetOf("pod security", "berth-host-access", "berth-annotations", "validation");
  }

  @Test
  void whatShallPassAndDoesNotIsKnown() throws IOException {
    List<String> refused = new ArrayList<>();
    fixtures("pass")
        .forEach(fixture -> {
          Answer answer = send(fixture);
          if (!answer.isAdmitted()) {
            refused.add("%s: %s: %s".formatted(title(fixture), answer.guard(), reason(answer)));
          }
        });

    List<String> known =
        Documents.text(REFUSED).lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(refused).as("to be listed in " + REFUSED).isEqualTo(known);
  }

  private static Stream<JsonNode> fixtures(String verdict) throws IOException {
    String json = Documents.text(RESOURCES.resolve("pod-security-fixtures.json"));
    List<JsonNode> fixtures =
        PodObject.items(Documents.JSON.readTree(json))
            .filter(fixture -> fixture.path("verdict").asText().equals(verdict))
            .toList();
    assertThat(fixtures).hasSizeGreaterThan(80);
    return fixtures.stream();
  }

  /** With all that Berth asks for, so that the fixture's own fault remains, if it has one. */
  private static Answer send(JsonNode fixture) {
    ObjectNode pod = fixture.path("pod").deepCopy();
    pod.withObject("/metadata").put("name", "test");
    ObjectNode spec = pod.withObject("/spec");
    spec.put("runtimeClassName", Tenancy.RUNTIME_CLASS);
    List<ObjectNode> containers =
        Stream.of("containers", "initContainers", "ephemeralContainers")
            .flatMap(field -> PodObject.items(spec.path(field)))
            .map(ObjectNode.class::cast)
            .toList();
    containers.forEach(container -> container.put("imagePullPolicy", "Always"));
    boolean hasAll =
        fixture.path("level").asText().equals("restricted")
            && fixture.path("verdict").asText().equals("fail");
    if (!hasAll && !spec.at("/os/name").asText().equals("windows")) {
      restrict(spec.withObject("/securityContext"), RESTRICTED_POD);
      containers.forEach(it -> restrict(it.withObject("/securityContext"), RESTRICTED_CONTAINER));
    }
    return HUNT.answer(Attempt.toCreate(Target.POD, STAGE.plain, "", 0, 0, pod));
  }

  /** Adds what the higher standard asks for where the fixture says nothing about it. */
  private static void restrict(ObjectNode context, JsonNode more) {
    more.properties()
        .forEach(field -> {
          if (!context.has(field.getKey())) {
            context.set(field.getKey(), field.getValue());
          } else if (context.get(field.getKey()) instanceof ObjectNode inner) {
            restrict(inner, field.getValue());
          }
        });
  }

  private static String title(JsonNode fixture) {
    return "%s 1.%s %s"
        .formatted(
            fixture.path("level").asText(),
            fixture.path("versions").asText(),
            fixture.path("name").asText());
  }

  private static String reason(Answer answer) {
    return answer
        .reply()
        .message()
        .replaceAll(".*(\"restricted:v[0-9.]+\"|is invalid|denied request): ", "")
        .replaceAll(": remove .*", "");
  }

  /** The file is what the program makes of the version in its go.mod, wherever there is Go. */
  @Test
  void theFixturesAreThoseOfKubernetes() throws Exception {
    Path program = PROJECT.resolve("src/test/pod-security-fixtures");
    assumeThat(run(program, "go", "mod", "download").status()).as("go and its modules").isZero();

    Run made = run(program, "go", "run", ".");

    assertThat(made.status()).as(() -> Texts.read(SAID).orElse("")).isZero();
    assertThat(made.output())
        .isEqualTo(Documents.text(RESOURCES.resolve("pod-security-fixtures.json")));
  }

  private record Run(int status, String output) {}

  private static Run run(Path directory, String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(SAID.toFile())
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Run(process.waitFor(), output);
    } catch (IOException e) {
      return new Run(127, e.toString());
    }
  }
}
