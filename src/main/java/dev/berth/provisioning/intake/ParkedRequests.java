package dev.berth.provisioning.intake;

import dev.berth.event.RawRecord;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.provisioning.Metrics;
import dev.berth.store.Schema;
import dev.berth.store.inbox.Parked;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Decides requests that had to wait until what is stored of their tenant can be read. */
@ApplicationScoped
class ParkedRequests {

  private static final Logger LOG = Logger.getLogger(ParkedRequests.class);
  private static final int AT_ONCE = 100;

  private final Parked parked;
  private final Decoder decoder;
  private final Verdicts verdicts;
  private final Metrics metrics;

  ParkedRequests(Parked parked, Decoder decoder, Verdicts verdicts, Metrics metrics) {
    this.parked = parked;
    this.decoder = decoder;
    this.verdicts = verdicts;
    this.metrics = metrics;
  }

  @Scheduled(
      every = "30s",
      delayed = "30s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tryAgain() {
    parked.longestUntried(AT_ONCE).forEach(this::tryAgain);
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
    if (parked.take(request)) {
      RawRecord raw = Archive.restore(request);
      Incoming incoming = decoder.decode(raw);
      Verdict verdict = verdicts.decideParked(raw, incoming);
      metrics.decided(raw, verdict.ruling(), verdict.reason());
      LOG.infof(
          "request %s of tenant=%s: %s", request.event().id(), request.tenant(), verdict.ruling());
    }
  }
}
