package dev.berth.plan;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What pods and claims of a cluster may name: its classes, and the resources of its nodes beside
 * memory, CPU and storage. What cannot be read is not known, and nothing is said of it.
 */
public record ClusterOffer(Names priorityClasses, Names storageClasses, Names resources) {

  public static final ClusterOffer UNKNOWN =
      new ClusterOffer(Names.UNKNOWN, Names.UNKNOWN, Names.UNKNOWN);

  /**
   * Names of one kind.
   *
   * @param known whether they could be read
   * @param byDefault those that the cluster gives to who names none
   */
  public record Names(boolean known, Set<String> all, Set<String> byDefault) {

    public static final Names UNKNOWN = new Names(false, Set.of(), Set.of());

    public Names {
      // Sorted, so that equal facts read alike in every replica.
      all = Collections.unmodifiableSet(new TreeSet<>(all));
      byDefault = Collections.unmodifiableSet(new TreeSet<>(byDefault));
    }

    /** Those that the cluster is known not to have, in order. */
    public Set<String> lacking(Iterable<String> wanted) {
      Set<String> lacking = new TreeSet<>();
      if (known) {
        wanted.forEach(lacking::add);
        lacking.removeAll(all);
      }
      return lacking;
    }

    private Names or(Names before) {
      return known ? this : before;
    }
  }

  /** This, and where something could not be read, what was known of it before. */
  public ClusterOffer or(ClusterOffer before) {
    return new ClusterOffer(
        priorityClasses.or(before.priorityClasses),
        storageClasses.or(before.storageClasses),
        resources.or(before.resources));
  }
}
