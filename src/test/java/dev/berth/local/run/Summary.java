package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a person reads when a run is up: what is there, where it is, and what to try. */
final class Summary {
  private static final String NO_KUBELET =
      "There is no kubelet: pods are admitted, counted and stay Pending. No network engine enforces anything either.";

  private Summary() {}

  static List<String> ofRun(Map<String, String> environment, List<JsonNode> tenants) {
    Stream<String> table =
        Stream.concat(
            Stream.of("", "%-10s %-14s %-12s %s".formatted("TENANT", "PLAN", "PHASE", "MESSAGE")),
            tenants.stream().map(SampleTenants::line));
    String rest =
        """

        Berth            %s
        health, metrics  %s/q/health
        PostgreSQL       %s
        Kafka            %s
        Kubernetes       KUBECONFIG=%s
        all of these     .berth/local.env

        Try next, in another terminal:
          set -a; . .berth/local.env
          .berth/bin/send umbrella team              # an event by hand: a new tenant
          .berth/bin/consume tenant.lifecycle        # what Berth answers, from the beginning
          .berth/bin/berth explain umbrella          # why it is as it is; `berth status`: what needs a person
          kubectl get namespaces -l berth.dev/tenant
          kubectl -n tenant-acme create -f .berth/pod.yaml -o yaml | grep runtimeClassName     # nobody asked for it
          psql $DATABASE_URL -c 'select tenant_id, phase from tenant'
          .berth/bin/offboard umbrella
        What an operator meets on a bad day: "A tour" in README.md

        %s
        Change a source file and Berth reloads. Ctrl-C ends everything; the data stay in .berth/ (-Dberth.fresh starts anew).
        """
            .formatted(
                environment.get("BERTH_URL"),
                environment.get("BERTH_MANAGEMENT_URL"),
                environment.get("DATABASE_URL"),
                environment.get("KAFKA_BOOTSTRAP_SERVERS"),
                environment.get("KUBECONFIG"),
                NO_KUBELET);
    return Stream.concat(table, rest.lines()).toList();
  }

  static List<String> ofParts(RunFolder folder) {
    return """
    The parts are up: PostgreSQL, Kafka and a Kubernetes API server. Their addresses are in %s

    Start replicas of Berth beside them, in another terminal:
      set -a; . .berth/local.env
      java -jar target/quarkus-app/quarkus-run.jar

    %s
    Ctrl-C ends the parts; the data stay in .berth/ (-Dberth.fresh starts anew).
    """
        .formatted(folder.localEnv(), NO_KUBELET)
        .lines()
        .toList();
  }
}
