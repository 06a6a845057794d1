package dev.berth.local.azure.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Refusal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** vCPUs of one region: in all, and by family of VM sizes. Surge nodes count when asking. */
public final class Quota {
  private static final int USUAL = 100;

  private final String location;
  private final Map<String, VmSize> sizes;
  private final Map<String, Integer> limits = new TreeMap<>();
  private int regional = USUAL;

  public Quota(String location, Map<String, VmSize> sizes) {
    this.location = location;
    this.sizes = sizes;
  }

  public void allow(int vCpus) {
    regional = vCpus;
  }

  public void allow(String family, int vCpus) {
    limits.put(family, vCpus);
  }

  /**
   * @param pools of the subscription, with the one that is to change as it is now
   * @param before properties of that one, missing if it is new
   */
  public void check(Collection<ObjectNode> pools, JsonNode before, ObjectNode after) {
    int more = count(after) - count(before);
    if (more <= 0) {
      return;
    }
    VmSize size = size(after);
    more += surge(count(after), after.at("/upgradeSettings/maxSurge").asText());
    int requested = more * size.vCpus();
    int left = regional - used(pools);
    if (requested > left) {
      throw refusal("regional vcpu quota", left, requested);
    }
    int leftOfFamily = limit(size.family()) - used(pools, size.family());
    if (requested > leftOfFamily) {
      throw refusal("%s vcpu quota".formatted(size.family()), leftOfFamily, requested);
    }
  }

  /** Nodes that an upgrade adds for a while: a number or a share of the pool. */
  private static int surge(int count, String maxSurge) {
    return maxSurge.endsWith("%")
        ? (int) Math.ceil(count * Integer.parseInt(maxSurge.replace("%", "")) / 100.0)
        : Integer.parseInt(maxSurge);
  }

  public ObjectNode usages(Collection<ObjectNode> pools) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode usages = json.putArray("value");
    add(usages, "cores", regional, used(pools));
    Set<String> families = new TreeSet<>();
    sizes.values().forEach(size -> families.add(size.family()));
    families.forEach(family -> add(usages, family, limit(family), used(pools, family)));
    return json;
  }

  private static void add(ArrayNode usages, String name, int limit, int used) {
    ObjectNode usage = usages.addObject();
    usage.put("limit", limit).put("unit", "Count").put("currentValue", used);
    usage.putObject("name").put("value", name).put("localizedValue", name);
  }

  private Refusal refusal(String what, int left, int requested) {
    return Refusal.ofAks(
        400,
        "ErrCode_InsufficientVCPUQuota",
        "Insufficient %s left for location %s, including surge nodes. left %s %d, requested quota %d."
            .formatted(what, location, what, left, requested));
  }

  private int limit(String family) {
    return limits.getOrDefault(family, USUAL);
  }

  private int used(Collection<ObjectNode> pools) {
    return pools.stream().mapToInt(this::vCpus).sum();
  }

  private int used(Collection<ObjectNode> pools, String family) {
    return pools.stream()
        .filter(pool -> size(pool).family().equals(family))
        .mapToInt(this::vCpus)
        .sum();
  }

  private int vCpus(ObjectNode pool) {
    return count(pool) * size(pool).vCpus();
  }

  private static int count(JsonNode pool) {
    return pool.path("count").asInt();
  }

  private VmSize size(ObjectNode pool) {
    return sizes.get(pool.path("vmSize").asText());
  }
}
