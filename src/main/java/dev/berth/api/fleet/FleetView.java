package dev.berth.api.fleet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.store.quarantine.QuarantineSearch.OpenReason;
import dev.berth.store.search.Fleet.Group;
import dev.berth.tenant.advice.Actor;
import dev.berth.tenant.advice.Advice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleet as the API shows it.
 *
 * @param phases how many tenants are in each; a phase without tenants is missing
 * @param needsPerson those of whom somebody must take care, the longest first
 * @param goesOn the others that are not settled
 * @param quarantine records of which somebody must take care, the longest first
 * @param checks of the replica that answers, those that are down or tell of a fault
 */
public record FleetView(
    Map<String, Long> phases,
    List<GroupView> needsPerson,
    List<GroupView> goesOn,
    List<RefusedView> quarantine,
    List<FaultyCheck> checks) {

  /** Tenants that are in the same phase for the same reason, and what holds of that. */
  public record GroupView(@JsonUnwrapped Group group, @JsonUnwrapped Advice advice) {

    private static GroupView of(Group group) {
      return new GroupView(group, Advice.named(group.reason()));
    }
  }

  /** Records that were not taken for the same reason, and what holds of that. */
  public record RefusedView(@JsonUnwrapped OpenReason open, @JsonUnwrapped Advice advice) {

    private static RefusedView of(OpenReason open) {
      return new RefusedView(open, Advice.named(open.reason()));
    }
  }

  /**
   * Something that Berth needs and that is not as it should be.
   *
   * @param up whether Berth works all the same
   * @param since when it is down, in UTC; null = it is up, or it was not noticed by this replica
   * @param message what is wrong and where, or what it waits for
   */
  public record FaultyCheck(
      String check, boolean up, @Nullable String since, String message, Actor actor) {}

  static FleetView of(
      Map<String, Long> phases,
      List<Group> unsettled,
      List<OpenReason> open,
      List<FaultyCheck> checks) {
    return new FleetView(
        phases,
        groups(unsettled, true),
        groups(unsettled, false),
        open.stream().map(RefusedView::of).toList(),
        checks);
  }

  private static List<GroupView> groups(List<Group> unsettled, boolean needPerson) {
    return unsettled.stream()
        .map(GroupView::of)
        .filter(it -> needPerson == (it.advice().actor() != Actor.NOBODY))
        .toList();
  }
}
