package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.container;
import static dev.berth.manifest.rule.Rule.each;
import static dev.berth.manifest.rule.Rule.pod;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** How hard Berth's pods are, beyond what Pod Security asks for. */
public final class PodRules {
  private static final int FIRST_FREE_ID = 10_000;

  public static final List<Rule> ALL =
      List.of(
          pod(
              "runs as an id that no person and no system has",
              spec ->
                  spec.at("/securityContext/runAsNonRoot").asBoolean()
                      && spec.at("/securityContext/runAsUser").asInt() > FIRST_FREE_ID
                      && spec.at("/securityContext/runAsGroup").asInt() > FIRST_FREE_ID),
          pod(
              "system calls are filtered",
              spec ->
                  spec.at("/securityContext/seccompProfile/type")
                      .asText()
                      .equals("RuntimeDefault")),
          container(
              "gains no privileges",
              it ->
                  it.at("/securityContext/allowPrivilegeEscalation").toString().equals("false")
                      && !it.at("/securityContext/privileged").asBoolean()
                      && it.at("/securityContext/capabilities")
                          .toString()
                          .equals("{\"drop\":[\"ALL\"]}")),
          container(
              "changes nothing of its image",
              it -> it.at("/securityContext/readOnlyRootFilesystem").asBoolean()),
          container(
              "memory is reserved and bounded, CPU is reserved only",
              it ->
                  it.at("/resources/requests/memory").isTextual()
                      && it.at("/resources/requests/memory")
                          .equals(it.at("/resources/limits/memory"))
                      && it.at("/resources/requests/cpu").isTextual()
                      && it.at("/resources/limits/cpu").isMissingNode()),
          pod("what it writes to /tmp is memory, with a limit", PodRules::writesToMemory),
          pod(
              "no volume is of the node",
              spec -> each(spec.path("volumes")).noneMatch(it -> it.has("hostPath"))),
          pod(
              "shares nothing of the node and knows no other services",
              spec ->
                  spec.path("enableServiceLinks").toString().equals("false")
                      && List.of("hostNetwork", "hostPID", "hostIPC").stream()
                          .noneMatch(spec::has)),
          container(
              "secrets come as files that it cannot write",
              it ->
                  it.path("envFrom").isMissingNode()
                      && each(it.path("env")).allMatch(variable -> variable.has("value"))
                      && each(it.path("volumeMounts"))
                          .filter(mount -> !mount.path("mountPath").asText().equals("/tmp"))
                          .allMatch(mount -> mount.path("readOnly").asBoolean())));

  /** Where the image comes from somewhere else than this machine. */
  public static final Rule IMAGE =
      container(
          "the image is named by the overlay, with a digest",
          it -> it.path("image").asText().matches("[^/]+\\.[^/]+/.+@sha256:[0-9a-f]{64}"));

  private PodRules() {}

  private static boolean writesToMemory(JsonNode spec) {
    return each(spec.at("/containers/0/volumeMounts"))
        .filter(mount -> mount.path("mountPath").asText().equals("/tmp"))
        .flatMap(mount ->
            each(spec.path("volumes"))
                .filter(volume -> volume.path("name").equals(mount.path("name"))))
        .anyMatch(volume ->
            volume.at("/emptyDir/medium").asText().equals("Memory")
                && volume.at("/emptyDir/sizeLimit").isTextual());
  }
}
