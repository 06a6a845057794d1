package dev.berth.history.judge;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.history.judge.evidence.Journal;
import dev.berth.history.judge.evidence.Journal.Answer;
import dev.berth.history.judge.evidence.Journal.Order;
import dev.berth.history.judge.evidence.Journal.Repeat;
import dev.berth.history.judge.evidence.Violation;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Whether Berth keeps each action once, as it answered, and none that it refused. */
final class KeptActions {
  private static final Set<Integer> REFUSALS = Set.of(404, 409, 412);

  private final Journal journal;
  private final Clock clock;
  private final Consumer<Violation> violations;

  KeptActions(Journal journal, Clock clock, Consumer<Violation> violations) {
    this.journal = journal;
    this.clock = clock;
    this.violations = violations;
  }

  void look(String tenant, List<JsonNode> kept) {
    List<Order> orders = journal.of(tenant);
    Map<String, Order> byKey = orders.stream().collect(toMap(Order::key, order -> order));
    Set<String> keys = new HashSet<>();
    for (JsonNode action : kept) {
      String why = action.path("why").asText();
      Order order = byKey.get(why);
      if (order == null || order.isRefused()) {
        violate("RefusedAndKept", tenant, action + " is kept, of " + order);
      } else if (!keys.add(why)) {
        violate("KeptTwice", tenant, action + " is not the only one of its key");
      } else if (order.isTaken() && !order.id().equals(action.path("id").asText())) {
        violate("AnsweredAnother", tenant, action + " is kept, of " + order);
      }
    }
    for (Order order : orders) {
      wrong(order, keys).ifPresent(rule -> violate(rule, tenant, order.toString()));
    }
  }

  private static Optional<String> wrong(Order order, Set<String> kept) {
    return order.isTaken()
        ? wrongOfTaken(order, kept)
        : Optional.of("RefusedOtherwise").filter(it -> !isUsual(order));
  }

  private static Optional<String> wrongOfTaken(Order order, Set<String> kept) {
    if (!kept.contains(order.key())) {
      return Optional.of("TakenAndNotKept");
    }
    if (order.outdated()) {
      return Optional.of("TakenThoughChanged");
    }
    Repeat repeat = order.repeat();
    return Optional.of("RepeatIsAnother").filter(it -> repeat != null && !isRight(order, repeat));
  }

  private static boolean isUsual(Order order) {
    return order.answer() == null || REFUSALS.contains(order.answer().status());
  }

  private static boolean isRight(Order order, Repeat repeat) {
    Answer answer = repeat.answer();
    return repeat.same()
        ? answer.status() == 202 && answer.body().path("id").asText().equals(order.id())
        : answer.status() == 422;
  }

  private void violate(String rule, String tenant, String what) {
    violations.accept(new Violation(clock.instant(), rule, tenant, what));
  }
}
