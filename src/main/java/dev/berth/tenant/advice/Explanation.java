package dev.berth.tenant.advice;

import static java.time.temporal.ChronoUnit.SECONDS;

import dev.berth.tenant.Desired.Move;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Condition.Truth;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a tenant is as it is, for people. Pure.
 *
 * @param reason of the tenant as a whole, as in its status
 * @param sentences what a person reads from the first to the last
 * @param blockedBy what is not as it should be, in the order in which a tenant is made ready
 */
public record Explanation(Reason reason, List<String> sentences, List<Condition> blockedBy) {

  public static Explanation of(Tenant tenant) {
    Condition headline = tenant.status().conditions().headline().orElseThrow();
    List<Condition> blockedBy = blockedBy(tenant);
    return new Explanation(headline.reason(), sentences(tenant, headline, blockedBy), blockedBy);
  }

  /** What only repeats another condition explains nothing. */
  private static List<Condition> blockedBy(Tenant tenant) {
    return tenant.status().conditions().list().stream()
        .filter(c -> c.type() != ConditionType.Ready && c.type() != ConditionType.Offboarding)
        .filter(c -> c.status() != Truth.True && c.reason() != Reason.Waiting)
        .toList();
  }

  private static List<String> sentences(
      Tenant tenant, Condition headline, List<Condition> blockedBy) {
    List<String> sentences = new ArrayList<>();
    Instant since = tenant.status().since();
    Instant next = tenant.status().nextRetryAt();
    sentences.add(
        "%s is %s%s."
            .formatted(tenant.id(), tenant.phase(), since == null ? "" : " since " + since));
    add(sentences, headline.reason(), headline.message());
    blockedBy.stream()
        .filter(c -> c.reason() != headline.reason())
        .forEach(c -> add(sentences, c.reason(), c.type() + ": " + c.message()));
    Move move = tenant.orders().move();
    if (move != null) {
      sentences.add(
          "%s moved it to RuntimeClass %s at %s: that stands until it is moved again, or is on a plan for which the class is unfit."
              .formatted(move.who(), move.to().name(), move.at().truncatedTo(SECONDS)));
    }
    if (next != null) {
      sentences.add("Berth looks again at %s, and earlier if something changes.".formatted(next));
    }
    return List.copyOf(sentences);
  }

  private static void add(List<String> sentences, Reason reason, String message) {
    Advice advice = Advice.of(reason);
    sentences.add(advice.meaning());
    if (!message.isBlank()) {
      sentences.add(message.endsWith(".") ? message : message + ".");
    }
    if (advice.nextStep() != null) {
      sentences.add("For %s: %s".formatted(advice.actor().words(), advice.nextStep()));
    }
  }
}
