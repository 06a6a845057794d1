package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Metrics;
import dev.berth.store.DataFault;
import dev.berth.store.tenants.UnreadableTenantException;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import dev.berth.tracing.OpenSpan;
import dev.berth.tracing.Spans;
import dev.berth.tracing.Spans.Begin;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Takes records in. A record is done with when {@link #take} returns: its verdict is committed. An
 * outage of the database is waited for; one whose tenant's row cannot be read is parked; a record
 * that Berth cannot digest is refused, so that the next one is served.
 */
@ApplicationScoped
public class Intake {

  private static final Logger LOG = Logger.getLogger(Intake.class);
  private static final int TRIES = 5;

  private final Decoder decoder;
  private final Verdicts verdicts;
  private final Metrics metrics;
  private final VerdictLog log;
  private final Lifetime lifetime;
  private final Spans spans;
  private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

  Intake(
      Decoder decoder,
      Verdicts verdicts,
      Metrics metrics,
      VerdictLog log,
      Lifetime lifetime,
      Spans spans) {
    this.decoder = decoder;
    this.verdicts = verdicts;
    this.metrics = metrics;
    this.log = log;
    this.lifetime = lifetime;
    this.spans = spans;
  }

  /**
   * Decides the record and stores the verdict.
   *
   * @throws IllegalStateException if Berth shuts down before; the record is then delivered again
   */
  public void take(RawRecord raw) {
    Incoming incoming = decoded(decoder, raw);
    try (OpenSpan span = begun(raw, incoming)) {
      Verdict verdict = verdict(raw, incoming);
      span.with("berth.verdict", verdict.ruling()).with("berth.reason", verdict.reason());
    }
  }

  private Verdict verdict(RawRecord raw, Incoming decoded) {
    Incoming incoming = decoded;
    int faults = 0;
    boolean parks = false;
    for (int attempt = 1; ; attempt++) {
      try {
        Incoming next = incoming;
        boolean park = parks;
        Verdict verdict =
            QuarkusTransaction.requiringNew()
                .call(() -> park ? verdicts.park(raw, next) : verdicts.decide(raw, next));
        metrics.decided(raw, verdict.ruling(), verdict.reason());
        log.tell(raw, next, verdict);
        return verdict;
      } catch (UnreadableTenantException e) {
        LOG.errorf(
            "record %s is parked, its tenant's row must be repaired: %s",
            raw.position(), e.getMessage());
        parks = true;
      } catch (RuntimeException e) {
        faults += DataFault.caused(e) ? 1 : 0;
        LOG.warnf("no verdict yet for record %s, trying again: %s", raw.position(), e);
        incoming = faults == TRIES ? failedOn(raw, incoming.claims(), e) : incoming;
        if (!lifetime.pause(backoff.after(attempt, ThreadLocalRandom.current().nextDouble()))) {
          throw new IllegalStateException("Berth is shutting down", e);
        }
      }
    }
  }

  private OpenSpan begun(RawRecord raw, Incoming incoming) {
    String trace =
        incoming instanceof Incoming.Authorised known
            ? known.envelope().cause().traceparent()
            : null;
    return spans
        .within(trace, Begin.ofTaking("take in"))
        .with("messaging.system", "kafka")
        .with("messaging.destination.name", raw.topic())
        .with("berth.record", raw.position())
        .with("berth.tenant", incoming.claims().tenant())
        .with("berth.event.type", incoming.claims().type())
        .with("berth.event.id", incoming.claims().id());
  }

  /** What the record turns out to be; one that Berth fails on is refused. */
  static Incoming decoded(Decoder decoder, RawRecord raw) {
    try {
      return decoder.decode(raw);
    } catch (RuntimeException | StackOverflowError e) {
      return failedOn(raw, Decoder.claims(raw), e);
    }
  }

  /** What a record becomes that Berth fails on: the producer is told where to look, and no more. */
  private static Incoming.Refused failedOn(RawRecord raw, Incoming.Hints claims, Throwable fault) {
    UUID id = UUID.randomUUID();
    LOG.errorf(new Wordless(fault), "Berth failed on record %s, id %s", raw.position(), id);
    String message =
        "Berth failed on this record, its log has the cause under %s: report it, then send the record again"
            .formatted(id);
    return new Incoming.Refused(claims, new Refusal(Reason.Unexpected, message));
  }
}
