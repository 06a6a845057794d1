package dev.berth.plan.capacity;

import dev.berth.plan.Plan;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits whole amounts over the namespaces of a plan, so that the parts sum to the amount: by
 * percent, the largest remainders first, and the default namespace first among equals.
 */
final class Shares {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private final List<Plan.PlanNamespace> namespaces;

  Shares(List<Plan.PlanNamespace> namespaces) {
    this.namespaces = namespaces;
  }

  /**
   * The parts in the order of the namespaces; none is left empty while the amount is enough for
   * all.
   */
  List<Long> split(long amount) {
    long[] parts = new long[namespaces.size()];
    long rest = amount;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = weighted(amount, i).divide(HUNDRED).longValueExact();
      rest -= parts[i];
    }
    List<Integer> order = byRemainder(amount);
    for (int i = 0; rest > 0 && i < order.size(); i++, rest--) {
      parts[order.get(i)]++;
    }
    if (amount >= parts.length) {
      fillEmpty(parts);
    }
    return IntStream.range(0, parts.length).mapToObj(i -> parts[i]).toList();
  }

  private List<Integer> byRemainder(long amount) {
    Comparator<Integer> largestFirst =
        Comparator.comparing((Integer i) -> weighted(amount, i).mod(HUNDRED)).reversed();
    List<Integer> order = new ArrayList<>(IntStream.range(0, namespaces.size()).boxed().toList());
    order.sort(largestFirst.thenComparing(i -> !namespaces.get(i).name().isEmpty()));
    return order;
  }

  private BigInteger weighted(long amount, int i) {
    return BigInteger.valueOf(amount)
        .multiply(BigInteger.valueOf(namespaces.get(i).sharePercent()));
  }

  /** Each empty part gets one from what is the largest part then. */
  private static void fillEmpty(long[] parts) {
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == 0) {
        parts[largest(parts)]--;
        parts[i]++;
      }
    }
  }

  private static int largest(long[] parts) {
    int largest = 0;
    for (int i = 1; i < parts.length; i++) {
      largest = parts[i] > parts[largest] ? i : largest;
    }
    return largest;
  }
}
