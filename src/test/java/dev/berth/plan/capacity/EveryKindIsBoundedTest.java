package dev.berth.plan.capacity;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Plans;
import dev.berth.plan.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** T6: whatever the shipped roles let tenants create, a quota counts. */
class EveryKindIsBoundedTest {

  /** Written by controllers, in an amount that their objects decide. */
  private static final Set<String> MADE_FOR_THEM = Set.of("controllerrevisions.apps");

  @Test
  void everyKindThatARoleLetsTenantsCreateHasABoundInTheQuota() throws IOException {
    Set<String> unbounded = new TreeSet<>(creatable());
    unbounded.addAll(MADE_FOR_THEM);
    assertThat(unbounded).hasSizeGreaterThanOrEqualTo(15);

    for (String plan : List.of("starter", "team", "enterprise")) {
      Map<String, Map<String, String>> quotas =
          new Budget(Plans.sample(plan), Samples.runtime(0, 0), 3).quotas();
      assertThat(quotas.values())
          .allSatisfy(hard ->
              assertThat(unbounded)
                  .allMatch(kind -> hard.containsKey("count/" + kind) || hard.containsKey(kind)));
    }
  }

  @Test
  void aPlanCanNameEveryBoundThatFollowsFromOthers() {
    Map<ObjectCount, Long> following =
        ObjectCount.bounds(2, Map.of("deployments", 5L, "jobs", 20L));
    Map<ObjectCount, Long> named =
        ObjectCount.bounds(
            2, Map.of("deployments", 5L, "statefulSets", 1L, "controllerRevisions", 40L));

    assertThat(following)
        .containsEntry(ObjectCount.STATEFUL_SETS, 5L)
        .containsEntry(ObjectCount.REPLICA_SETS, 75L)
        .containsEntry(ObjectCount.CONTROLLER_REVISIONS, 150L)
        .containsEntry(ObjectCount.CRON_JOBS, 20L)
        .containsEntry(ObjectCount.PODS, 220L)
        .containsEntry(ObjectCount.NODE_PORTS, 0L);
    assertThat(named)
        .containsEntry(ObjectCount.STATEFUL_SETS, 1L)
        .containsEntry(ObjectCount.CONTROLLER_REVISIONS, 40L)
        .containsEntry(ObjectCount.LEASES, 6L);
  }

  /** As a quota names them, without subresources. */
  @SuppressWarnings("unchecked")
  private static Set<String> creatable() throws IOException {
    Iterable<Object> documents =
        new Load(LoadSettings.builder().build())
            .loadAllFromString(Files.readString(Path.of("k8s/base/tenant-roles.yaml")));
    return StreamSupport.stream(documents.spliterator(), false)
        .flatMap(role ->
            ((List<Map<String, List<String>>>) ((Map<String, Object>) role).get("rules")).stream())
        .filter(rule -> rule.get("verbs").stream().anyMatch(Set.of("create", "*")::contains))
        .flatMap(EveryKindIsBoundedTest::kinds)
        .collect(toSet());
  }

  private static Stream<String> kinds(Map<String, List<String>> rule) {
    return rule.get("apiGroups").stream()
        .flatMap(group ->
            rule.get("resources").stream()
                .filter(resource -> !resource.contains("/"))
                .map(resource -> group.isEmpty() ? resource : resource + "." + group));
  }
}
