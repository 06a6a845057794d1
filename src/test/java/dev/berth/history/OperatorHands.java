package dev.berth.history;

import dev.berth.history.judge.evidence.Journal;
import dev.berth.history.judge.evidence.Journal.Answer;
import dev.berth.history.judge.evidence.Journal.Order;
import dev.berth.history.judge.evidence.Journal.Repeat;
import dev.berth.history.plot.Deed;
import dev.berth.history.plot.Deed.Manner;
import dev.berth.local.run.BerthApi.Answered;
import dev.berth.local.run.BerthApi.Wanted;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Acts on tenants by the API, as an operator does who asks again where there is no answer. */
final class OperatorHands {
  private final Desk desk;
  private final Journal journal;
  private final AtomicInteger calls = new AtomicInteger();

  /** Takes a call to one of the replicas. */
  interface Desk {

    /**
     * @param turn another one, another replica
     * @return empty = nothing was asked
     * @throws IOException if there is no answer: it may have been done
     */
    Optional<Answered> act(String tenant, Wanted wanted, int turn) throws IOException;
  }

  OperatorHands(Desk desk, Journal journal) {
    this.desk = desk;
    this.journal = journal;
  }

  /** Tells what came of it. */
  String act(String tenant, Deed.Act act) {
    int call = calls.incrementAndGet();
    String key = tenant + "-" + call;
    boolean outdated = act.manner() == Manner.OUTDATED;
    Wanted wanted = new Wanted(act.kind(), act.to(), key, key, outdated ? "\"9.9.9\"" : "*");
    journal.asks(tenant, new Order(key, act.kind(), act.to(), outdated, null, null));
    Reply reply = ask(tenant, wanted, call);
    if (!reply.sent()) {
      journal.takesBack(tenant, key);
      return " (nobody to ask)";
    }
    Answer answer = reply.answer();
    if (answer == null) {
      return " (no answer)";
    }
    journal.answered(tenant, key, answer);
    if (answer.status() == 202) {
      again(tenant, act.manner(), wanted, call + 1);
    }
    return " (%d %s)".formatted(answer.status(), answer.body().path("detail").asText());
  }

  private void again(String tenant, Manner manner, Wanted first, int turn) {
    boolean same = manner == Manner.TWICE;
    if (!same && manner != Manner.OTHERWISE) {
      return;
    }
    String why = first.why() + (same ? "" : "-otherwise");
    Wanted second = new Wanted(first.kind(), first.to(), why, first.key(), first.ifMatch());
    Answer answer = ask(tenant, second, turn).answer();
    if (answer != null) {
      journal.repeated(tenant, first.key(), new Repeat(same, answer));
    }
  }

  /**
   * What came of a call.
   *
   * @param sent whether any replica was asked
   * @param answer null = whether it was taken is not known, though it was asked twice
   */
  private record Reply(boolean sent, @Nullable Answer answer) {}

  private Reply ask(String tenant, Wanted wanted, int turn) {
    boolean sent = false;
    for (int attempt = 0; attempt < 2; attempt++) {
      try {
        Answered answered = desk.act(tenant, wanted, turn + attempt).orElse(null);
        // What was not answered at first may still be under way when it is asked for again.
        if (answered != null && isSure(answered) && (!sent || answered.status() == 202)) {
          return new Reply(true, new Answer(answered.status(), answered.body()));
        }
        sent = sent || answered != null;
      } catch (IOException unanswered) {
        sent = true;
      }
    }
    return new Reply(sent, null);
  }

  private static boolean isSure(Answered answered) {
    return answered.status() < 500
        && (answered.status() != 409
            || answered.body().path("reason").asText().equals("ActionNotPossible"));
  }
}
