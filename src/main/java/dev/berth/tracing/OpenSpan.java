package dev.berth.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * A span that ends when it is closed. It is passed on, never found by the thread. Ids, words of the
 * contract and numbers go into it, nothing that a tenant wrote.
 */
public final class OpenSpan implements AutoCloseable {

  static final OpenSpan NONE = new OpenSpan(TracerProvider.noop().get(""), Span.getInvalid());

  private final Tracer tracer;
  private final Span span;

  OpenSpan(Tracer tracer, Spans.Begin begin, Context parent, @Nullable SpanContext link) {
    this(tracer, started(tracer, begin, parent, link));
  }

  private OpenSpan(Tracer tracer, Span span) {
    this.tracer = tracer;
    this.span = span;
  }

  private static Span started(
      Tracer tracer, Spans.Begin begin, Context parent, @Nullable SpanContext link) {
    SpanBuilder builder =
        tracer.spanBuilder(begin.name()).setSpanKind(begin.kind()).setParent(parent);
    if (begin.since() != null) {
      builder.setStartTimestamp(begin.since());
    }
    return (link == null ? builder : builder.addLink(link)).startSpan();
  }

  /** A span of a part of this. */
  public OpenSpan part(String name) {
    return below(name, SpanKind.INTERNAL);
  }

  /** A span of a part of this that another one answers. */
  public OpenSpan call(String name) {
    return below(name, SpanKind.CLIENT);
  }

  private OpenSpan below(String name, SpanKind kind) {
    return span.isRecording()
        ? new OpenSpan(tracer, new Spans.Begin(name, kind, null), Context.root().with(span), null)
        : this;
  }

  /** Adds an attribute, unless there is none. */
  public OpenSpan with(String attribute, @Nullable Object value) {
    if (value instanceof Number number) {
      span.setAttribute(attribute, number.longValue());
    } else if (value != null) {
      span.setAttribute(attribute, value.toString());
    }
    return this;
  }

  /** It did not end well. */
  public void failed(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  @Override
  public void close() {
    span.end();
  }
}
