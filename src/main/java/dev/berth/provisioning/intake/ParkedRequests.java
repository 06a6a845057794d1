package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.provisioning.Metrics;
import dev.berth.store.Schema;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.store.inbox.Parked;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Decides requests that had to wait: until what is stored of their tenant can be read, or for the
 * {@code created} of their tenant's next life.
 */
@ApplicationScoped
class ParkedRequests {

  private static final Logger LOG = Logger.getLogger(ParkedRequests.class);
  private static final int AT_ONCE = 100;

  private final Parked parked;
  private final Decoder decoder;
  private final Verdicts verdicts;
  private final Metrics metrics;
  private final VerdictLog log;

  ParkedRequests(
      Parked parked, Decoder decoder, Verdicts verdicts, Metrics metrics, VerdictLog log) {
    this.parked = parked;
    this.decoder = decoder;
    this.verdicts = verdicts;
    this.metrics = metrics;
    this.log = log;
  }

  @Scheduled(
      every = "30s",
      delayed = "30s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tryAgain() {
    Instant begin = parked.now();
    List<Parked.ParkedRequest> next;
    do {
      next = parked.longestUntried(begin, AT_ONCE);
      next.forEach(this::tryAgain);
    } while (next.size() == AT_ONCE);
  }

  private void tryAgain(Parked.ParkedRequest request) {
    try {
      QuarkusTransaction.requiringNew().run(() -> decide(request));
    } catch (RuntimeException e) {
      LOG.warnf(
          "request %s of tenant=%s stays parked: %s", request.event().id(), request.tenant(), e);
      QuarkusTransaction.requiringNew().run(() -> parked.tried(request));
    }
  }

  private void decide(Parked.ParkedRequest request) {
    if (!parked.take(request)) {
      return;
    }
    RawRecord raw = Archive.restore(request);
    Incoming incoming = decoder.decode(raw);
    Verdict verdict = verdicts.decideParked(request, raw, incoming);
    if (verdict.ruling() == Ruling.PARKED) {
      return;
    }
    log.tell(raw, incoming, verdict);
    if (request.until() == null) {
      metrics.decided(raw, verdict.ruling(), verdict.reason());
    } else {
      metrics.counted(raw, verdict.ruling(), verdict.reason());
    }
  }
}
