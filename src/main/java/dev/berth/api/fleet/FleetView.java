package dev.berth.api.fleet;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.store.search.Fleet.Group;
import dev.berth.tenant.advice.Actor;
import dev.berth.tenant.advice.Advice;
import java.util.List;
import java.util.Map;

/**
 * The fleet as the API shows it.
 *
 * @param phases how many tenants are in each; a phase without tenants is missing
 * @param needsPerson those of whom somebody must take care, the longest first
 * @param goesOn the others that are not settled
 */
public record FleetView(
    Map<String, Long> phases, List<GroupView> needsPerson, List<GroupView> goesOn) {

  /** Tenants that are in the same phase for the same reason, and what holds of that. */
  public record GroupView(@JsonUnwrapped Group group, @JsonUnwrapped Advice advice) {

    private static GroupView of(Group group) {
      return new GroupView(group, Advice.named(group.reason()));
    }
  }

  public static FleetView of(Map<String, Long> phases, List<Group> unsettled) {
    return new FleetView(phases, groups(unsettled, true), groups(unsettled, false));
  }

  private static List<GroupView> groups(List<Group> unsettled, boolean needPerson) {
    return unsettled.stream()
        .map(GroupView::of)
        .filter(it -> needPerson == (it.advice().actor() != Actor.NOBODY))
        .toList();
  }
}
