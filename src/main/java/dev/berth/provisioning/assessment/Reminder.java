package dev.berth.provisioning.assessment;

import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What makes no progress is told again while it lasts, each time after twice as many looks. Pure.
 */
public final class Reminder {

  private static final Set<Reason> STALLED =
      EnumSet.of(Reason.DeletionBlocked, Reason.QuotaNotEnforced);
  private static final int FIRST = 4;

  private Reminder() {}

  /** Whether looks at a tenant that it holds back are counted as attempts. */
  public static boolean counts(Reason reason) {
    return STALLED.contains(reason);
  }

  /** Whether the tenant is held back as before, and has been for so long that it is told again. */
  static boolean isDue(Tenant before, Tenant after) {
    int looks = after.status().attempt();
    return looks > before.status().attempt()
        && looks >= FIRST
        && Integer.bitCount(looks) == 1
        && reason(after).filter(Reminder::counts).equals(reason(before));
  }

  private static Optional<Reason> reason(Tenant tenant) {
    return tenant.status().conditions().headline().map(Condition::reason);
  }
}
