package dev.berth.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.tracing.Collector.Taken;
import dev.berth.tracing.Spans.Begin;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpansTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String EVENT = "00-" + TRACE + "-00f067aa0ba902b7-";
  private static final Begin TAKING = Begin.ofTaking("take in");

  private final Collector collector = Collector.at(0);
  private final SdkTracerProvider provider =
      SpanExport.to(collector.address(), Map.of("service.name", "berth"));
  private final Spans spans = new Spans(provider);

  @AfterEach
  void end() {
    SpanExport.end(provider);
    collector.close();
  }

  @Test
  void whatIsWithinAnEventsTraceHangsBelowItsSpan() {
    try (OpenSpan whole = spans.within(EVENT + "01", TAKING).with("berth.tenant", "acme")) {
      whole.part("record").close();
    }

    List<Taken> taken = taken();
    assertThat(taken).extracting(Taken::trace).containsOnly(TRACE);
    Taken whole = named(taken, "take in");
    assertThat(whole.parent()).isEqualTo("00f067aa0ba902b7");
    assertThat(whole.attributes())
        .containsEntry("berth.tenant", "acme")
        .containsEntry("service.name", "berth");
    assertThat(named(taken, "record").parent()).isEqualTo(whole.id());
  }

  @Test
  void whatIsBesideItIsATraceOfItsOwnThatNamesIt() {
    Instant since = Instant.parse("2026-11-24T18:00:00Z");
    spans.beside(EVENT + "01", Begin.ofWork("claim", since)).close();

    Taken claim = taken().getFirst();
    assertThat(claim.trace()).isNotEqualTo(TRACE);
    assertThat(claim.parent()).isEmpty();
    assertThat(claim.links()).containsExactly(TRACE);
  }

  @Test
  void withoutATraceContextThereIsATraceOfItsOwn() {
    spans.within(null, TAKING).close();
    spans.beside(null, TAKING).close();

    assertThat(taken())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.links()).isEmpty())
        .extracting(Taken::trace)
        .doesNotHaveDuplicates();
  }

  /** The producer decides what is sampled. */
  @Test
  void ofATraceThatIsNotSampledThereIsNothing() {
    try (OpenSpan muted = spans.within(EVENT + "00", TAKING)) {
      muted.part("record").close();
    }
    spans.beside(EVENT + "00", TAKING).close();

    assertThat(taken()).isEmpty();
  }

  @Test
  void anOutageOfTheCollectorHoldsNobodyUpAndIsToldOnce() {
    collector.close();
    Lines lines = new Lines();
    Logger.getLogger(SpanExport.class.getName()).addHandler(lines);
    try {
      Instant begin = Instant.now();
      for (int i = 0; i < 50_000; i++) {
        spans.within(EVENT + "01", TAKING).close();
      }
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
      await().until(() -> !lines.all.isEmpty());
      provider.forceFlush().join(1, TimeUnit.MINUTES);
    } finally {
      Logger.getLogger(SpanExport.class.getName()).removeHandler(lines);
    }

    assertThat(lines.all).hasSize(1);
    assertThat(lines.all.getFirst())
        .startsWith("spans are lost until " + collector.address() + "/v1/traces takes them")
        .contains("berth.tracing.endpoint");
  }

  @Test
  void noneAreMadeAndNoThreadRunsWhereNoCollectorIsNamed() {
    Set<Thread> before = exporters();
    assertThat(before).isNotEmpty();

    Spans off = new SpanWiring().spans(Optional::empty, "local", "1");
    try (OpenSpan span = off.within(EVENT + "01", TAKING)) {
      assertThat(span.part("record").with("berth.tenant", "acme")).isSameAs(span);
    }

    assertThat(exporters()).isSubsetOf(before);
    assertThat(taken()).isEmpty();
  }

  private static Set<Thread> exporters() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("BatchSpanProcessor"))
        .collect(Collectors.toSet());
  }

  private List<Taken> taken() {
    provider.forceFlush().join(1, TimeUnit.MINUTES); // a farewell is shorter
    return collector.spans();
  }

  private static Taken named(List<Taken> taken, String name) {
    return taken.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }

  private static final class Lines extends Handler {

    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(ExtLogRecord.wrap(line).getFormattedMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
