package dev.berth.manifest;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The template of the Helm chart: a rendering whose marks are replaced by values of the chart. */
public final class ChartTemplate {
  private static final String HEAD =
      """
      {{- /* Made from k8s/ by ChartIT: ./mvnw verify -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=ChartIT -Dgolden.update=true */ -}}
      {{- if ne .Release.Namespace "berth-system" }}
      {{- fail "install it with --namespace berth-system: the policies of k8s/ know Berth by it" }}
      {{- end }}
      """;
  private static final String ON_AKS = "{{- if .Values.azure.clientId }}\n";
  private static final String END = "{{- end }}\n";

  /** Each must be there: what the chart does not replace, its users could not set. */
  private static final List<Mark> MARKS =
      List.of(
          new Mark(
              "(?m)chart\\.example\\.com/image@sha256:e{64}$",
              "{{ .Values.image.repository }}@{{ .Values.image.digest }}"),
          new Mark("(?m)(?<=^  replicas: )2$", "{{ .Values.replicas }}"),
          new Mark("(?m)(?<=^  berth.properties: )chart-config$", "{{ .Values.config | toJson }}"),
          new Mark(
              "(?<=name: berth-)[a-z0-9]{10}(?=\n)", "{{ .Values.config | sha256sum | trunc 10 }}"),
          new Mark(
              "(?s)(?<=\ndata:\n)(  enterprise.yaml.*?)(?=kind: ConfigMap\n)",
              "{{- if .Values.plans }}\n"
                  + "{{- toYaml .Values.plans | nindent 2 }}\n"
                  + "{{- else }}\n"
                  + "$1{{- end }}\n"),
          new Mark(
              "(?s)(?<=  name: berth-outside\n"
                  + "  namespace: berth-system\n"
                  + "spec:\n"
                  + "  egress:\n"
                  + ").*?(?=  podSelector:\n"
                  + "    matchLabels)",
              "  {{- toYaml .Values.outside | nindent 2 }}\n"),
          new Mark(
              "(?m)(?<=^ {10}kubernetes.io/metadata.name: )ingress$",
              "{{ .Values.ingressNamespace }}"),
          new Mark(
              "(?m)(?<=^ {10}kubernetes.io/metadata.name: )monitoring$",
              "{{ .Values.monitoringNamespace }}"),
          new Mark(
              "(?m)^ *azure.workload.identity/use: \"true\"\n",
              "        {{- if .Values.azure.clientId }}\n$0        {{- end }}\n"),
          new Mark(
              "( *- name: AZURE_CLIENT_ID\n *value: )[0-9-]+\n",
              "        {{- if .Values.azure.clientId }}\n"
                  + "$1{{ .Values.azure.clientId }}\n"
                  + "        {{- end }}\n"));

  private ChartTemplate() {}

  private record Mark(String pattern, String template) {
    String replace(String text) {
      Matcher found = Pattern.compile(pattern).matcher(text);
      if (!found.find()) {
        throw new IllegalStateException("nothing in the rendering is like " + pattern);
      }
      return found.replaceAll(template);
    }
  }

  public static String of(String rendering) {
    String text = rendering;
    for (Mark mark : MARKS) {
      text = mark.replace(text);
    }
    return HEAD
        + Stream.of(text.split("(?m)^---\n"))
            .map(document -> "---\n" + (isOfAks(document) ? ON_AKS + document + END : document))
            .collect(Collectors.joining());
  }

  private static boolean isOfAks(String document) {
    return document.contains("name: berth-aks\n") || document.contains("kind: PodMonitor\n");
  }
}
