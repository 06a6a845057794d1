package dev.berth.store;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What stands and what waits, in figures. A figure without any tally is zero.
 *
 * @param tallies read by one statement, so that they belong together
 */
public record Backlog(List<Tally> tallies) {

  public Backlog {
    tallies = List.copyOf(tallies);
  }

  /** What was counted. */
  public enum Figure {
    /** Tenants by phase, also by one of a newer version; oldest = the longest that is unsettled. */
    PHASE,
    /** Tenants by plan and its version. */
    PLAN,
    /** Tenants on the waiting list by reason. */
    WAITLISTED,
    /** Tenants whose removal does not go on, by reason. */
    DELETION,
    /** Tenants whose time has come. */
    DUE,
    /** Messages that wait for the relay. */
    UNPUBLISHED,
    /** Messages that cannot be sent, or wait behind one that cannot. */
    SET_ASIDE,
    /** Requests that wait for their tenant, whose row cannot be read. */
    PARKED,
    /** Records that were not taken and that nobody took care of, by reason. */
    QUARANTINE,
    /** Namespaces of tenants that were given room, by the nodes that they share; one each. */
    NAMESPACE,
    /** Sandboxes by the nodes that they share, and whether they are promised or wanted. */
    SANDBOXES,
    /** Memory of these sandboxes, bytes. */
    MEMORY
  }

  /**
   * One number.
   *
   * @param label by which it was counted; empty = by nothing
   * @param detail by which it was counted beside the label; empty = by nothing
   */
  public record Tally(Figure figure, String label, String detail, Waiting waiting) {

    public long number() {
      return waiting.number();
    }
  }

  /**
   * Those that wait.
   *
   * @param oldest how long the one has waited that waits longest; zero = none does
   */
  public record Waiting(long number, Duration oldest) {}

  public Stream<Tally> of(Figure figure) {
    return tallies.stream().filter(tally -> tally.figure() == figure);
  }

  /** Of a figure that is counted by nothing. */
  public Waiting total(Figure figure) {
    return of(figure).map(Tally::waiting).findFirst().orElse(new Waiting(0, Duration.ZERO));
  }

  /** Tenants by phase; a phase without any is absent. */
  public Map<String, Waiting> phases() {
    return of(Figure.PHASE).collect(toMap(Tally::label, Tally::waiting, (one, other) -> one));
  }
}
