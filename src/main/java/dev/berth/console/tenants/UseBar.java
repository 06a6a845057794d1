package dev.berth.console.tenants;

import dev.berth.plan.Quantity;
import dev.berth.plan.capacity.Usage;
import java.util.List;

/**
 * How much of a quota is used.
 *
 * @param share of 100, and more where the quota was lowered below what runs
 */
public record UseBar(String what, String used, String enforced, long share) {

  private static final int FULL = 100;
  private static final int NEARLY_FULL = 90;

  static List<UseBar> all(Usage usage) {
    var used = usage.used();
    var enforced = usage.enforced();
    return List.of(
        new UseBar(
            "memory",
            Quantity.bytes(used.memory()),
            Quantity.bytes(enforced.memory()),
            share(used.memory(), enforced.memory())),
        new UseBar(
            "cpu",
            Quantity.millis(used.cpu()),
            Quantity.millis(enforced.cpu()),
            share(used.cpu(), enforced.cpu())),
        new UseBar(
            "pods",
            "" + used.sandboxes(),
            "" + enforced.sandboxes(),
            share(used.sandboxes(), enforced.sandboxes())));
  }

  /** Of a quota of nothing all is used. */
  private static long share(long used, long enforced) {
    return enforced == 0 ? FULL : Math.round((double) used * FULL / enforced);
  }

  /** Of the bar, which ends where the quota does. */
  public long width() {
    return Math.min(FULL, share);
  }

  public String tone() {
    return share > FULL ? "bad" : share > NEARLY_FULL ? "warning" : "good";
  }
}
