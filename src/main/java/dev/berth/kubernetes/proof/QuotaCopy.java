package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What the quotas named {@code berth} were last heard to enforce and to count, by namespace. That
 * one of them frees room is remembered after it was delivered, so a listener that fails hears it
 * again.
 */
final class QuotaCopy {

  private static final BigDecimal LARGEST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int TO_THOUSANDTHS = 3;

  private final Consumer<Usage.Freed> listener;
  private final Map<String, Heard> heard = new ConcurrentHashMap<>();

  QuotaCopy(Consumer<Usage.Freed> listener) {
    this.listener = listener;
  }

  /**
   * A quota as it was at a version.
   *
   * @param usage empty = it does not count all that takes room
   */
  private record Heard(long version, Optional<Usage> usage) {

    static Heard of(Live quota) {
      JsonNode status = quota.json().path("status");
      Optional<Usage> usage =
          room(status.path("hard"))
              .flatMap(hard -> room(status.path("used")).map(used -> new Usage(hard, used)));
      return new Heard(Long.parseLong(quota.resourceVersion()), usage);
    }

    boolean frees(Heard before) {
      return usage.flatMap(now -> before.usage.map(now::frees)).orElse(false);
    }
  }

  Optional<Usage> of(String namespace) {
    Heard known = heard.get(namespace);
    return known == null ? Optional.empty() : known.usage();
  }

  /** What is older than what is known already tells nothing. */
  synchronized void take(Live quota) {
    String namespace = namespace(quota);
    Heard now = Heard.of(quota);
    Heard before = heard.get(namespace);
    if (before == null || before.version() < now.version()) {
      if (before != null && now.frees(before)) {
        listener.accept(new Usage.Freed(namespace));
      }
      heard.put(namespace, now);
    }
  }

  /** The same, but that it frees room is left to be heard by {@link #take}. */
  synchronized void raise(Live quota) {
    Heard now = Heard.of(quota);
    heard.computeIfPresent(
        namespace(quota),
        (namespace, before) ->
            before.version() < now.version() && !now.frees(before) ? now : before);
  }

  /** It is not known any more what runs there. */
  synchronized void forget(Live quota) {
    heard.remove(namespace(quota));
  }

  /** There are no other quotas than in these namespaces. */
  synchronized void keepOnly(Set<String> namespaces) {
    heard.keySet().retainAll(namespaces);
  }

  static String namespace(Live quota) {
    return quota.json().at("/metadata/namespace").asText();
  }

  private static Optional<Room> room(JsonNode amounts) {
    JsonNode memory = amounts.path("requests.memory");
    JsonNode cpu = amounts.path("requests.cpu");
    JsonNode pods = amounts.path("pods");
    return memory.isTextual() && cpu.isTextual() && pods.isTextual()
        ? Optional.of(new Room(whole(memory, 0), whole(cpu, TO_THOUSANDTHS), whole(pods, 0)))
        : Optional.empty();
  }

  /** Never less than it says. */
  private static long whole(JsonNode amount, int power) {
    return Quantity.getAmountInBytes(new Quantity(amount.asText()))
        .scaleByPowerOfTen(power)
        .setScale(0, RoundingMode.CEILING)
        .min(LARGEST)
        .longValueExact();
  }
}
