package dev.berth.delivery.disorder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.delivery.evidence.AuditLog;
import dev.berth.delivery.evidence.NamespaceLife;
import dev.berth.delivery.evidence.StatusEvent;
import dev.berth.delivery.evidence.StatusHistory;
import dev.berth.delivery.evidence.StatusTopic;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.delivery.evidence.TenantNamespaces;
import dev.berth.delivery.evidence.Topics;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What topics, REST, cluster and audit log show once the day is over. */
record Evening(
    Topics topics,
    StatusHistory quarantine,
    Map<String, Namespace> namespaces,
    AuditLog audit,
    Replica replica) {

  static Evening of(PackagedBerth berth, Replica replica) {
    return new Evening(
        Topics.read(berth.kafka()),
        StatusTopic.read(berth.kafka(), "tenant.quarantine"),
        TenantNamespaces.of(berth.cluster()),
        AuditLog.of(berth.cluster()),
        replica);
  }

  /**
   * @param cutOff tenants for whom a namespace may be asked for again, and refused
   */
  void check(Day day, Set<String> overtaken, Set<String> cutOff) {
    topics.assertWholeAndAlike();
    List<String> faults = new ArrayList<>();
    Map<String, String> standing = new HashMap<>();
    day.diaries()
        .forEach((tenant, diary) -> {
          Oracle oracle = new Oracle(diary, day.copies(), overtaken);
          oracle.faults(told(tenant)).forEach(fault -> faults.add(tenant + ": " + fault));
          if (oracle.isThere()) {
            standing.putAll(namespaces(oracle.winner().orElseThrow()));
          }
        });
    assertThat(faults).isEmpty();
    assertThat(generations()).containsExactlyInAnyOrderEntriesOf(standing);
    for (String tenant : day.diaries().keySet()) {
      everyNamespaceWasMadeOnceAndOpenedLast(tenant, cutOff.contains(tenant));
    }
  }

  private Told told(String tenant) {
    return new Told(
        topics.lifecycle().steps(tenant), quarantine.steps(tenant), replica.tenant(tenant));
  }

  /** The generation by the name of each namespace that a snapshot asks for. */
  private static Map<String, String> namespaces(TenantEvent snapshot) {
    String generation = Long.toString(Reading.generation(snapshot));
    String first = "tenant-" + snapshot.tenant();
    return Reading.data(snapshot).path("plan").asText().equals("team")
        ? Map.of(first, generation, first + "--jobs", generation)
        : Map.of(first, generation);
  }

  private Map<String, String> generations() {
    Map<String, String> generations = new HashMap<>();
    namespaces.forEach((name, it) ->
        generations.put(
            name, it.getMetadata().getLabels().getOrDefault("labels.berth.dev/generation", "")));
    return generations;
  }

  /** The second namespace comes and goes with the plan, the first one with the tenant. */
  private void everyNamespaceWasMadeOnceAndOpenedLast(String tenant, boolean isCutOff) {
    List<StatusEvent> steps = topics.lifecycle().steps(tenant);
    long lives = steps.stream().mapToInt(StatusEvent::incarnation).max().orElse(0);
    long accepted = steps.stream().filter(it -> it.is("accepted")).count();
    made("tenant-" + tenant, lives, isCutOff);
    made("tenant-%s--jobs".formatted(tenant), accepted, isCutOff);
  }

  private void made(String namespace, long most, boolean isCutOff) {
    List<NamespaceLife> lives = audit.lives(namespace);
    assertThat((long) lives.size()).as("creations of %s", namespace).isLessThanOrEqualTo(most);
    lives.forEach(life -> life.assertOpenedLast(namespace));
    if (!isCutOff) {
      assertThat(audit.creationsAsked(namespace))
          .as("creations asked for of %s", namespace)
          .isEqualTo(lives.size());
    }
  }
}
