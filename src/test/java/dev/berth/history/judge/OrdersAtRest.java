package dev.berth.history.judge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.history.judge.evidence.Journal;
import dev.berth.history.judge.evidence.Journal.Order;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Wish;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether what operators ordered is over and is heeded, once nothing happens any more. */
final class OrdersAtRest {
  private final Journal journal;
  private final Ledger ledger;
  private final Map<String, Terms> terms;

  OrdersAtRest(Ledger ledger, Map<String, Terms> terms) {
    this.ledger = ledger;
    this.journal = ledger.journal();
    this.terms = terms;
  }

  /**
   * @param kept the actions on the tenant as Berth has them
   */
  Optional<String> unsettled(Story story, List<JsonNode> kept, List<Place> places, Sight sight) {
    return story
        .last()
        .flatMap(last ->
            Stream.concat(
                    kept.stream().map(action -> unsettled(action, story, last, places, sight)),
                    Stream.of(
                        misplaced(story, last, places, sight),
                        outside(story, last, places),
                        waiting(story, last)))
                .flatMap(Optional::stream)
                .findFirst());
  }

  private Optional<String> unsettled(
      JsonNode action, Story story, Told last, List<Place> places, Sight sight) {
    boolean over =
        switch (action.path("state").asText()) {
          case "DONE" -> true;
          case "FAILED" -> mayFail(action, story, last);
          default -> mayWait(action, last, places, sight);
        };
    return over ? Optional.empty() : Optional.of("an action is not as it must be: " + action);
  }

  /** A move waits with its tenant, a freeze until those are out whom Berth did not let in. */
  private boolean mayWait(JsonNode action, Told last, List<Place> places, Sight sight) {
    if (last.phase().equals("OFFBOARDED")) {
      return false;
    }
    return switch (action.path("kind").asText()) {
      case "move" -> !last.phase().equals("READY") || !isThere(to(action), sight);
      case "freeze" ->
          !last.saysFrozen()
              || places.stream()
                  .flatMap(place -> place.entries().stream())
                  .anyMatch(entry -> ledger.isIntruder(entry.subject()));
      default -> false;
    };
  }

  /** Only by what came after it. */
  private boolean mayFail(JsonNode action, Story story, Told last) {
    long generation = action.at("/before/generation").asLong();
    boolean left =
        last.incarnation() != action.at("/before/incarnation").asInt()
            || story.after(generation).stream().anyMatch(Wish::offboarding)
            || last.phase().equals("OFFBOARDED");
    return left
        || switch (action.path("kind").asText()) {
          case "freeze" -> isFollowed(action, story, "unfreeze");
          case "unfreeze" -> isFollowed(action, story, "freeze");
          case "withdraw" ->
              isFollowed(action, story, "retry") || !story.after(generation).isEmpty();
          case "move" -> isFollowed(action, story, "move") || hasOtherPlan(story, generation);
          default -> false;
        };
  }

  private boolean isFollowed(JsonNode action, Story story, String kind) {
    List<Order> all = journal.of(story.tenant());
    List<String> keys = all.stream().map(Order::key).toList();
    int place = keys.indexOf(action.path("why").asText());
    return journal.isAnyUnsure(story.tenant(), kind)
        || all.stream().skip(place + 1L).anyMatch(it -> it.is(kind) && !it.isRefused());
  }

  private static boolean hasOtherPlan(Story story, long generation) {
    Optional<String> plan = story.of(generation).map(Wish::plan);
    return story.after(generation).stream()
        .anyMatch(wish -> !Optional.of(wish.plan()).equals(plan));
  }

  private String to(JsonNode action) {
    return journal.of(action.path("tenantId").asText()).stream()
        .filter(order -> order.key().equals(action.path("why").asText()))
        .map(Order::to)
        .findFirst()
        .orElse("");
  }

  private static boolean isThere(String runtimeClass, Sight sight) {
    return Objects.equals(sight.handlers().get(runtimeClass), "kata");
  }

  /** The order stands until another one, the end of the life, or another plan. */
  private Optional<String> misplaced(Story story, Told last, List<Place> places, Sight sight) {
    if (!last.phase().equals("READY") || journal.isAnyUnsure(story.tenant(), "move")) {
      return Optional.empty();
    }
    return journal
        .last(story.tenant(), "move")
        .filter(order -> order.incarnation() == last.incarnation())
        .filter(order -> isThere(order.to(), sight) && !hasOtherPlan(story, order.generation()))
        .flatMap(order ->
            places.stream()
                .filter(place -> last.names(place.name()))
                .filter(place -> !place.label("berth.dev/runtime-class").equals(order.to()))
                .findFirst()
                .map(place ->
                    "%s is READY in class %s, and was moved to %s"
                        .formatted(
                            place.name(), place.label("berth.dev/runtime-class"), order.to())));
  }

  /** RuntimeEnforced: none runs outside. */
  private Optional<String> outside(Story story, Told last, List<Place> places) {
    boolean sandboxed =
        last.phase().equals("READY")
            && story.plans().stream()
                .allMatch(plan -> terms.containsKey(plan) && terms.get(plan).sandboxed());
    return places.stream()
        .filter(place -> sandboxed && last.names(place.name()))
        .flatMap(place ->
            place.pods().values().stream()
                .filter(pod -> !pod.runtimeClass().equals(place.label("berth.dev/runtime-class")))
                .map(pod -> place.name() + " is READY with a pod outside its class: " + pod))
        .findFirst();
  }

  /** Who was taken out of the waiting list does not go on by itself. */
  private Optional<String> waiting(Story story, Told last) {
    return journal.isWithdrawn(story.tenant(), last.incarnation(), last.generation())
            && !journal.isAnyUnsure(story.tenant(), "withdraw", "retry")
            && last.phase().equals("READY")
        ? Optional.of("READY although an operator withdrew it: " + last)
        : Optional.empty();
  }
}
