package dev.berth.provisioning;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.Decoder;
import dev.berth.event.Incoming;
import dev.berth.event.RawRecord;
import dev.berth.store.Parked;
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
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tryAgain() {
    parked.longestUntried(AT_ONCE).forEach(this::tryAgain);
  }

  private void tryAgain(Parked.Request request) {
    try {
      QuarkusTransaction.requiringNew().run(() -> decide(request));
    } catch (RuntimeException e) {
      LOG.warnf("request %s of tenant=%s stays parked: %s", request.id(), request.tenant(), e);
      QuarkusTransaction.requiringNew().run(() -> parked.tried(request));
    }
  }

  private void decide(Parked.Request request) {
    if (parked.take(request)) {
      RawRecord raw = raw(request);
      Incoming incoming = decoder.decode(raw);
      Verdict verdict = verdicts.decideParked(raw, incoming);
      metrics.decided(raw, verdict);
      LOG.infof("request %s of tenant=%s: %s", request.id(), request.tenant(), verdict.kind());
    }
  }

  private static RawRecord raw(Parked.Request request) {
    return new RawRecord(
        request.topic(),
        request.partition(),
        request.offset(),
        request.arrived(),
        request.tenant().getBytes(UTF_8),
        Quarantine.headers(request.headers()),
        request.payload());
  }
}
