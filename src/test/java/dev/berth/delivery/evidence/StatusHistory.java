package dev.berth.delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** What a consumer saw on a topic of Berth, in the order of the topic. */
public final class StatusHistory {
  private final List<StatusEvent> seen;
  private final Map<String, StatusEvent> firstById = new LinkedHashMap<>();
  private final Map<String, List<StatusEvent>> firstByTenant = new TreeMap<>();

  StatusHistory(List<StatusEvent> seen) {
    this.seen = seen;
    for (StatusEvent event : seen) {
      if (firstById.putIfAbsent(event.id(), event) == null) {
        firstByTenant.computeIfAbsent(event.tenant(), t -> new ArrayList<>()).add(event);
      }
    }
  }

  Set<String> tenants() {
    return firstByTenant.keySet();
  }

  int repeats() {
    return seen.size() - firstById.size();
  }

  int distinct() {
    return firstById.size();
  }

  /** The steps of a tenant, each once. */
  public List<StatusEvent> steps(String tenant) {
    return firstByTenant.getOrDefault(tenant, List.of());
  }

  public List<StatusEvent> steps(String tenant, String step) {
    return steps(tenant).stream().filter(event -> event.is(step)).toList();
  }

  /** The steps of this kind of all tenants, each once. */
  public List<StatusEvent> all(String step) {
    return firstById.values().stream().filter(event -> event.is(step)).toList();
  }

  /** The numbers of a tenant's steps, in the order of the topic. */
  public List<Long> sequences(String tenant) {
    return steps(tenant).stream().map(StatusEvent::sequence).toList();
  }

  /** The last event of each tenant, which is what compaction keeps. */
  Map<String, StatusEvent> latest() {
    Map<String, StatusEvent> latest = new HashMap<>();
    seen.forEach(event -> latest.put(event.tenant(), event));
    return latest;
  }

  public void assertRepeatsAreIdentical() {
    assertThat(seen)
        .allSatisfy(event ->
            assertThat(event.bytes())
                .as("event %s of tenant %s", event.id(), event.tenant())
                .isEqualTo(firstById.get(event.id()).bytes()));
  }

  public void assertGaplessFromOne() {
    firstByTenant.forEach((tenant, steps) ->
        assertThat(steps)
            .as("sequences of tenant %s", tenant)
            .extracting(StatusEvent::sequence)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, steps.size()).boxed().toList()));
  }
}
