package dev.berth.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Sends spans to a collector from a thread of its own, out of a queue of fixed length. What does
 * not fit into it, or is not taken, is lost: nobody waits. An outage of the collector is told once,
 * and its end.
 */
final class SpanExport implements SpanExporter {

  private static final Logger LOG = Logger.getLogger(SpanExport.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final String address;
  private final SpanExporter collector;
  private final AtomicBoolean lost = new AtomicBoolean();

  private SpanExport(String address) {
    this.address = address;
    this.collector =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(address)
            .setTimeout(PATIENCE)
            .setConnectTimeout(PATIENCE)
            .setRetryPolicy(null)
            .build();
  }

  /**
   * Spans that are sent.
   *
   * @param resource what is said of this process with each of them
   */
  static SdkTracerProvider to(String endpoint, Map<String, String> resource) {
    SpanExport export = new SpanExport(endpoint.replaceAll("/$", "") + "/v1/traces");
    var attributes = Attributes.builder();
    resource.forEach((key, value) -> attributes.put(AttributeKey.stringKey(key), value));
    return SdkTracerProvider.builder()
        .setResource(Resource.create(attributes.build()))
        .addSpanProcessor(BatchSpanProcessor.builder(export).setExporterTimeout(PATIENCE).build())
        .build();
  }

  /** What is left is sent, unless that takes long. */
  static void end(SdkTracerProvider provider) {
    provider.shutdown().join(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode sent = collector.export(spans);
    return sent.whenComplete(() -> tell(sent));
  }

  private void tell(CompletableResultCode sent) {
    boolean taken = sent.isSuccess();
    if (lost.getAndSet(!taken) != taken) {
      return; // as before
    }
    if (taken) {
      LOG.infof("spans are taken by %s again", address);
    } else {
      LOG.warnf(
          "spans are lost until %s takes them, everything else goes on: %s; check berth.tracing.endpoint, and that it takes OTLP over HTTP",
          address, sent.getFailureThrowable());
    }
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }
}
