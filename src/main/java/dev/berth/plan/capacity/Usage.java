package dev.berth.plan.capacity;

import dev.berth.tenant.TenantNamespace;
import java.util.List;
import java.util.Optional;

/**
 * What runs in a namespace, by its quota in the cluster. A lower grant gives room free only as far
 * as nothing stands in it and nothing can come: the quota that is enforced, not the one that was
 * wanted.
 *
 * @param enforced the most that pods may take together by now
 * @param used what pods take, those that are ending included
 */
public record Usage(Room enforced, Room used) {

  public static final Usage NOTHING = new Usage(Room.NONE, Room.NONE);

  /** The quotas of the cluster, as they were last heard of. */
  @FunctionalInterface
  public interface Quotas {

    /**
     * The usage of a namespace; empty = it is not known now, or has no quota of Berth's that counts
     * pods, memory and CPU.
     *
     * @param namespace its name in the cluster
     */
    Optional<Usage> of(String namespace);

    /** Of all of them together; empty = it is not known of one that was made. */
    default Optional<Usage> of(List<TenantNamespace> namespaces) {
      Optional<Usage> all = Optional.of(NOTHING);
      for (TenantNamespace each : namespaces) {
        Optional<Usage> one = of(each.namespace());
        if (one.isPresent() || each.uid() != null) {
          all = all.flatMap(sum -> one.map(sum::plus));
        }
      }
      return all;
    }
  }

  /**
   * Less can be taken in a namespace than before.
   *
   * @param namespace its name in the cluster
   */
  public record Freed(String namespace) {}

  /** What pods take, or can take without anybody being asked. */
  public Room reach() {
    return enforced.most(used);
  }

  public Usage plus(Usage other) {
    return new Usage(enforced.plus(other.enforced), used.plus(other.used));
  }

  /** Whether less of anything can be taken than {@code before}. */
  public boolean frees(Usage before) {
    return !before.reach().isWithin(reach());
  }
}
