package dev.berth.delivery.disorder;

import static java.util.Comparator.comparingLong;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.delivery.disorder.Told.Answers;
import dev.berth.delivery.evidence.TenantEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What docs/contract.md says of one tenant, whatever the order in which its events arrived. It has
 * the rules from there, and shares no code with Berth.
 *
 * @param copies how often each event was sent, by its id
 * @param overtaken the early updates that a release rejected before the contract let them wait: as
 *     if they were never sent
 */
record Oracle(List<TenantEvent> diary, Map<String, Long> copies, Set<String> overtaken) {

  /** The highest generation wins. */
  Optional<TenantEvent> winner() {
    return diary.stream()
        .filter(it -> Reading.of(it).mayWin() && !overtaken.contains(it.id()))
        .max(comparingLong(Reading::generation));
  }

  boolean isThere() {
    return winner().filter(it -> Reading.of(it) == Reading.SNAPSHOT).isPresent();
  }

  /** Where what was told is not what the contract says. */
  List<String> faults(Told told) {
    List<String> faults = new ArrayList<>();
    for (TenantEvent event : diary) {
      Answers answers = told.to(event);
      Answers right = answers(event, answers.accepted());
      if (!answers.equals(right)) {
        faults.add("%s was answered %s, not %s".formatted(event, answers, right));
      }
    }
    faults.addAll(faultsOfOrder(told));
    faults.addAll(told.accepted().isEmpty() ? faultsOfNone(told) : faultsOfTheEnd(told));
    return faults;
  }

  private Answers answers(TenantEvent event, long accepted) {
    if (overtaken.contains(event.id())) {
      return new Answers(0, 1, 1);
    }
    return switch (Reading.of(event)) {
      case SNAPSHOT, OFFBOARDING -> new Answers(Math.min(1, accepted), 0, 0);
      case WITHOUT_EFFECT -> Answers.NONE;
      case REJECTED -> new Answers(0, 1, 1);
      case REFUSED -> new Answers(0, 0, copies.getOrDefault(event.id(), 0L));
    };
  }

  private List<String> faultsOfOrder(Told told) {
    Map<String, TenantEvent> byId = diary.stream().collect(toMap(TenantEvent::id, identity()));
    List<String> faults = new ArrayList<>();
    long highest = 0;
    for (String id : told.accepted()) {
      TenantEvent event = byId.get(id);
      long generation = event == null ? 0 : Reading.generation(event);
      if (generation <= highest) {
        faults.add("%s was accepted after generation %d".formatted(event, highest));
      }
      highest = generation;
    }
    return faults;
  }

  /** Never created: everything but what is rejected came after its offboarding. */
  private List<String> faultsOfNone(Told told) {
    boolean hasRejected = told.steps().stream().anyMatch(it -> it.is("rejected"));
    String phase = told.rest().map(it -> it.path("phase").asText()).orElse("");
    List<String> right = hasRejected ? List.of("REJECTED", "OFFBOARDED") : List.of("");
    List<String> faults = new ArrayList<>();
    if (isThere()) {
      faults.add("%s was not accepted, nor anything else".formatted(winner()));
    }
    if (!right.contains(phase)) {
      faults.add("nothing was accepted, and the phase is '%s', not %s".formatted(phase, right));
    }
    return faults;
  }

  private List<String> faultsOfTheEnd(Told told) {
    TenantEvent winner = winner().orElseThrow();
    List<String> faults = new ArrayList<>();
    if (!told.accepted().getLast().equals(winner.id())) {
      faults.add("%s was not accepted last, but %s".formatted(winner, told.accepted()));
    }
    JsonNode rest = told.rest().orElseThrow();
    expect(faults, rest, "phase", isThere() ? "READY" : "OFFBOARDED");
    expect(faults, rest, "generation", "" + Reading.generation(winner));
    expect(faults, rest, "observedGeneration", "" + Reading.generation(winner));
    long lives = rest.path("incarnation").asLong();
    if (lives < 1 || lives > 1 + offboardings(told)) {
      faults.add("%d lives, with %d offboardings".formatted(lives, offboardings(told)));
    }
    if (isThere() && !rest.path("desired").equals(Reading.data(winner))) {
      faults.add("desired is %s, not %s".formatted(rest.path("desired"), winner.data()));
    }
    return faults;
  }

  private long offboardings(Told told) {
    return diary.stream()
        .filter(it -> Reading.of(it) == Reading.OFFBOARDING && told.to(it).accepted() > 0)
        .count();
  }

  private static void expect(List<String> faults, JsonNode rest, String member, String right) {
    if (!rest.path(member).asText().equals(right)) {
      faults.add("%s is %s, not %s".formatted(member, rest.path(member), right));
    }
  }
}
