package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Incoming;
import dev.berth.store.inbox.Inbox.Ruling;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/**
 * A line in the log for every record that was not applied, so that no request disappears without a
 * trace; never what it held. Of each verdict so many lines a minute; of the rest the number.
 */
@ApplicationScoped
class VerdictLog {

  static final int LINES_A_MINUTE = 60;

  private static final Logger LOG = Logger.getLogger(VerdictLog.class);

  private final BiConsumer<Logger.Level, String> lines;
  private final Map<Ruling, Integer> told = new EnumMap<>(Ruling.class);

  VerdictLog() {
    this(LOG::log);
  }

  VerdictLog(BiConsumer<Logger.Level, String> lines) {
    this.lines = lines;
  }

  synchronized void tell(RawRecord raw, Incoming incoming, Verdict verdict) {
    Ruling ruling = verdict.ruling();
    if (ruling == Ruling.APPLIED) {
      return;
    }
    int number = told.getOrDefault(ruling, 0) + 1;
    told.put(ruling, number);
    if (number > LINES_A_MINUTE) {
      return;
    }
    Incoming.Hints claims = incoming.claims();
    lines.accept(
        level(ruling),
        "verdict=%s reason=%s tenant=%s source=%s id=%s record=%s"
            .formatted(
                ruling,
                verdict.reason() == null ? "" : verdict.reason(),
                claims.tenant(),
                claims.source(),
                claims.id(),
                raw.position()));
  }

  /** Says how many were not told, and begins to count anew. */
  @Scheduled(every = "1m", delayed = "1m")
  synchronized void tellTheRest() {
    told.forEach((ruling, number) -> {
      if (number > LINES_A_MINUTE) {
        lines.accept(
            level(ruling),
            "verdict=%s: %d more records, which are not listed"
                .formatted(ruling, number - LINES_A_MINUTE));
      }
    });
    told.clear();
  }

  /** Somebody must act on what was not taken. */
  private static Logger.Level level(Ruling ruling) {
    return ruling == Ruling.REFUSED || ruling == Ruling.REJECTED
        ? Logger.Level.WARN
        : Logger.Level.INFO;
  }
}
