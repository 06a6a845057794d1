package dev.berth.plan.capacity;

import dev.berth.plan.Quantity;
import dev.berth.plan.SandboxClass;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * An amount of what nodes give to sandboxes. Sums beyond what can be counted stay the largest that
 * can.
 *
 * @param memory bytes
 * @param cpu thousandths of a core
 * @param sandboxes their number, as every node takes so many pods at most
 */
public record Room(long memory, long cpu, long sandboxes) {

  public static final Room NONE = new Room(0, 0, 0);

  public static Room of(Footprint one, long count) {
    Footprint all = one.times(count);
    return new Room(all.memory(), all.cpu(), count);
  }

  /** All of the nodes' room, and {@code overcommit} times as much in memory and CPU. */
  public static Room on(List<SandboxClass.Nodes> nodes, double overcommit) {
    Room all =
        nodes.stream()
            .map(n -> Room.of(new Footprint(n.memory(), n.cpu()), n.count()).withSandboxes(n))
            .reduce(NONE, Room::plus);
    return new Room(scaled(all.memory, overcommit), scaled(all.cpu, overcommit), all.sandboxes);
  }

  public Room plus(Room other) {
    return new Room(
        sum(memory, other.memory), sum(cpu, other.cpu), sum(sandboxes, other.sandboxes));
  }

  /** Of each the larger amount. */
  Room most(Room other) {
    return new Room(
        Math.max(memory, other.memory),
        Math.max(cpu, other.cpu),
        Math.max(sandboxes, other.sandboxes));
  }

  /** What is too much for {@code available}; nothing where this fits. */
  public Room beyond(Room available) {
    return new Room(
        Math.max(0, memory - available.memory),
        Math.max(0, cpu - available.cpu),
        Math.max(0, sandboxes - available.sandboxes));
  }

  /** Whether there is no more of anything than in the other. */
  public boolean isWithin(Room other) {
    return beyond(other).equals(NONE);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (memory > 0) {
      parts.add(Quantity.bytes(memory) + " memory");
    }
    if (cpu > 0) {
      parts.add(Quantity.millis(cpu) + " cpu");
    }
    if (sandboxes > 0) {
      parts.add(sandboxes + (sandboxes == 1 ? " pod" : " pods"));
    }
    return parts.isEmpty() ? "nothing" : String.join(", ", parts);
  }

  private Room withSandboxes(SandboxClass.Nodes nodes) {
    return new Room(memory, cpu, Footprint.times(nodes.pods(), nodes.count()));
  }

  private static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  private static long scaled(long amount, double factor) {
    BigDecimal scaled = BigDecimal.valueOf(amount).multiply(BigDecimal.valueOf(factor));
    return scaled
        .setScale(0, RoundingMode.FLOOR)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}
