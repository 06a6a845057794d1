package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.each;
import static dev.berth.manifest.rule.Rule.holds;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.process.Texts;
import dev.berth.manifest.Rendering;
import dev.berth.manifest.Rights;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code k8s} gives a cluster before Berth comes: its identity, its rights, its policies. */
public final class InstallationRules {
  public static final String NAMESPACE = "berth-system";

  public static final List<Rule> ALL =
      List.of(
          holds(
              "pods next to Berth are as restricted as Berth",
              rendering ->
                  List.of("enforce", "audit", "warn").stream()
                      .allMatch(mode ->
                          rendering
                              .one("Namespace", NAMESPACE)
                              .at("/metadata/labels")
                              .path("pod-security.kubernetes.io/" + mode)
                              .asText()
                              .equals("restricted"))),
          holds(
              "the account is there, and gives its token to who asks",
              rendering ->
                  rendering
                      .one("ServiceAccount", "berth")
                      .path("automountServiceAccountToken")
                      .toString()
                      .equals("false")),
          new Rule(
              "Berth may do what is listed, no more and no less", InstallationRules::otherRights),
          holds(
              "the rights are given to the account",
              rendering -> {
                JsonNode binding = rendering.one("ClusterRoleBinding", "berth");
                return binding.at("/roleRef/name").asText().equals("berth")
                    && binding.path("subjects").size() == 1
                    && binding.at("/subjects/0/name").asText().equals("berth")
                    && binding.at("/subjects/0/namespace").asText().equals(account(rendering));
              }),
          holds(
              "the policies know Berth by the place of its account",
              rendering ->
                  List.of("berth-restraint", "berth-namespace-guard", "berth-managed").stream()
                      .allMatch(policy ->
                          rendering
                              .one("ValidatingAdmissionPolicy", policy)
                              .path("spec")
                              .toString()
                              .contains(
                                  "'system:serviceaccount:%s:berth'"
                                      .formatted(account(rendering))))),
          holds(
              "every policy is bound",
              rendering ->
                  List.of("Validating", "Mutating").stream()
                      .allMatch(kind ->
                          names(rendering, kind + "AdmissionPolicy")
                              .equals(names(rendering, kind + "AdmissionPolicyBinding")))));

  private InstallationRules() {}

  private static String account(Rendering rendering) {
    return rendering.one("ServiceAccount", "berth").at("/metadata/namespace").asText();
  }

  private static String names(Rendering rendering, String kind) {
    return rendering.all(kind).stream()
        .map(object -> object.at("/metadata/name").asText())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  /** Without what every account may ask about itself. */
  private static List<String> otherRights(Rendering rendering) {
    String listed =
        Texts.read(Rendering.PROJECT.resolve("src/test/resources/rights/berth.txt"))
            .orElse("")
            .lines()
            .filter(line -> !line.startsWith("selfsubject"))
            .map(line -> line + "\n")
            .collect(Collectors.joining());
    String given = Rights.of(each(rendering.one("ClusterRole", "berth").path("rules")).toList());
    return given.equals(listed) ? List.of() : List.of("they are\n" + given);
  }
}
