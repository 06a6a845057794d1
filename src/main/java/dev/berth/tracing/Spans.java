package dev.berth.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans. An event whose producer does not sample its trace gets none, here and below; one
 * without a trace context gets traces of Berth's own.
 */
public final class Spans {

  /** Makes none. */
  public static final Spans NONE = new Spans(TracerProvider.noop());

  private static final TextMapGetter<String> HEADER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
          return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
          return key.equals("traceparent") ? traceparent : null;
        }
      };

  private final Tracer tracer;

  Spans(TracerProvider provider) {
    tracer = provider.get("dev.berth");
  }

  /** What a span is of, and since when; null = now. */
  public record Begin(String name, SpanKind kind, @Nullable Instant since) {

    /** Of a message that came in. */
    public static Begin ofTaking(String name) {
      return new Begin(name, SpanKind.CONSUMER, null);
    }

    /** Of a message that goes out. */
    public static Begin ofSending(String name) {
      return new Begin(name, SpanKind.PRODUCER, null);
    }

    /** Of what Berth does itself. */
    public static Begin ofWork(String name, Instant since) {
      return new Begin(name, SpanKind.INTERNAL, since);
    }
  }

  /**
   * A span in the trace of an event.
   *
   * @param traceparent W3C trace context of the event; null = it has none
   */
  public OpenSpan within(@Nullable String traceparent, Begin begin) {
    Context event = read(traceparent);
    return isMuted(event) ? OpenSpan.NONE : new OpenSpan(tracer, begin, event, null);
  }

  /** A span that begins a trace of its own, with a link to that of the event. */
  public OpenSpan beside(@Nullable String traceparent, Begin begin) {
    Context event = read(traceparent);
    return isMuted(event)
        ? OpenSpan.NONE
        : new OpenSpan(tracer, begin, Context.root(), context(event));
  }

  private static Context read(@Nullable String traceparent) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER);
  }

  private static boolean isMuted(Context event) {
    return context(event).isValid() && !context(event).isSampled();
  }

  private static SpanContext context(Context event) {
    return Span.fromContext(event).getSpanContext();
  }
}
