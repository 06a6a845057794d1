package dev.berth.delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.local.LocalKafka;
import dev.berth.local.LocalPostgres;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.run.PackagedBerth;
import io.fabric8.kubernetes.api.model.Namespace;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Judges a run that came to rest: what arrived against what Kafka, PostgreSQL and the API server
 * tell.
 */
public final class Verification {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Database database;
  private final LocalCluster cluster;
  private final Arrivals arrivals;
  private final Map<String, Database.Row> tenants;
  private final StatusHistory events;
  private final Topics topics;
  private final StatusHistory lifecycle;
  private final AuditLog audit;

  /** Waits until nothing is left to do. */
  public static Verification onceAtRest(PackagedBerth berth, Arrivals arrivals) {
    return onceAtRest(berth.postgres(), berth.kafka(), berth.cluster(), arrivals);
  }

  /** The same, of parts wherever they run. */
  public static Verification onceAtRest(
      LocalPostgres postgres, LocalKafka kafka, LocalCluster cluster, Arrivals arrivals) {
    Database database = new Database(postgres);
    await("every tenant comes to rest")
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(() -> {
          assertThat(database.verdicts()).hasSameSizeAs(arrivals.events());
          assertThat(database.notIn("READY", "OFFBOARDED")).isEmpty();
          assertThat(database.unpublished()).isZero();
        });
    return new Verification(database, kafka, cluster, arrivals);
  }

  private Verification(
      Database database, LocalKafka kafka, LocalCluster cluster, Arrivals arrivals) {
    this.database = database;
    this.cluster = cluster;
    this.arrivals = arrivals;
    this.tenants = database.tenants();
    this.events = StatusTopic.read(kafka, "tenant.events");
    this.topics = Topics.read(kafka);
    this.lifecycle = topics.lifecycle();
    this.audit = AuditLog.of(cluster);
  }

  public void check() {
    everyEventWasAppliedOnce();
    everyTenantIsWhereItsLastEventPutIt();
    theTopicsTellItWithoutGapOrChange();
    theClusterHoldsThatAndNothingElse();
    everyNamespaceWasMadeOnceAndOpenedLast();
  }

  private void everyEventWasAppliedOnce() {
    Map<String, String> verdicts = database.verdicts();
    assertThat(verdicts.values()).containsOnly("APPLIED");
    assertThat(verdicts).containsOnlyKeys(arrivals.events().stream().map(TenantEvent::id).toList());
    for (String tenant : arrivals.tenants()) {
      assertThat(lifecycle.steps(tenant, "accepted"))
          .as("one acceptance for each event of %s", tenant)
          .hasSize((int) arrivals.generation(tenant));
    }
  }

  private void everyTenantIsWhereItsLastEventPutIt() {
    assertThat(tenants).containsOnlyKeys(arrivals.tenants());
    for (String tenant : arrivals.tenants()) {
      Database.Row row = tenants.get(tenant);
      String phase = arrivals.isGone(tenant) ? "OFFBOARDED" : "READY";
      long generation = arrivals.generation(tenant);
      // Who leaves again before the return began was never back.
      int incarnation = Math.min(row.incarnation(), arrivals.incarnation(tenant));
      assertThat(row)
          .as("tenant %s", tenant)
          .isEqualTo(new Database.Row(phase, incarnation, generation, generation));
    }
  }

  private void theTopicsTellItWithoutGapOrChange() {
    assertThat(lifecycle.tenants()).containsAll(arrivals.tenants());
    topics.assertWholeAndAlike();
    for (String tenant : arrivals.tenants()) {
      StatusEvent last = lifecycle.steps(tenant).getLast();
      assertThat(last.data().path("phase").asText()).isEqualTo(tenants.get(tenant).phase());
    }
  }

  private void theClusterHoldsThatAndNothingElse() {
    Map<String, Namespace> live = TenantNamespaces.of(cluster);
    List<String> present = arrivals.tenants().stream().filter(it -> !arrivals.isGone(it)).toList();
    assertThat(live.keySet())
        .containsExactlyInAnyOrderElementsOf(
            present.stream().flatMap(it -> arrivals.namespaces(it).stream()).toList());
    for (String tenant : present) {
      assertThat(arrivals.namespaces(tenant))
          .allSatisfy(namespace ->
              assertThat(live.get(namespace).getMetadata().getLabels())
                  .containsEntry("labels.berth.dev/generation", "" + arrivals.generation(tenant)));
    }
  }

  private void everyNamespaceWasMadeOnceAndOpenedLast() {
    Map<String, String> uids = database.namespaces();
    for (String tenant : arrivals.tenants()) {
      long announced =
          lifecycle.steps(tenant, "provisioned").stream()
              .map(StatusEvent::incarnation)
              .distinct()
              .count();
      for (String namespace : arrivals.namespaces(tenant)) {
        List<NamespaceLife> lives = audit.lives(namespace);
        // One that was to leave before it was made never got a namespace.
        assertThat((long) lives.size())
            .as("successful creations of %s", namespace)
            .isBetween(announced, (long) tenants.get(tenant).incarnation());
        lives.forEach(life -> life.assertOpenedLast(namespace));
        if (!arrivals.isGone(tenant)) {
          assertThat(lives.getLast()).matches(it -> it.isOf(uids.get(namespace)));
        }
      }
    }
  }

  /** Also not a creation whose repeat was refused: whoever ended had finished what it began. */
  public void checkNoCreationWasAskedForTwice() {
    for (String tenant : arrivals.tenants()) {
      assertThat(arrivals.namespaces(tenant))
          .allSatisfy(namespace ->
              assertThat(audit.creationsAsked(namespace))
                  .as("creations asked for of %s", namespace)
                  .isEqualTo(audit.lives(namespace).size()));
    }
  }

  /** From the event that announced a tenant to the one that says it is provisioned. */
  public Duration longestWait() {
    return arrivals.tenants().stream()
        .flatMap(tenant ->
            lifecycle.steps(tenant, "provisioned").stream()
                .limit(1)
                .map(last -> Duration.between(announced(tenant), last.at())))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Instant announced(String tenant) {
    return events.steps(tenant, "created").getFirst().at();
  }

  /** In one line. */
  public String summary() {
    return "%d tenants, %d events in; %d lifecycle and %d state events out, %d and %d repeats; %d mutating requests"
        .formatted(
            tenants.size(),
            arrivals.events().size(),
            lifecycle.distinct(),
            topics.state().distinct(),
            lifecycle.repeats(),
            topics.state().repeats(),
            audit.size());
  }
}
