package dev.berth.console;

import dev.berth.event.Printable;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Writes every text into a page so that it is only text, and is what it seems to be: no markup, and
 * nothing that is invisible or turns the direction of reading.
 */
@ApplicationScoped
class ReadableText implements ResultMapper {

  private static final int LONGEST = 20_000;

  private final HtmlEscaper escaper = new HtmlEscaper(List.of(Variant.TEXT_HTML));

  void join(@Observes EngineBuilder engine) {
    engine.addResultMapper(this);
  }

  @Override
  public int getPriority() {
    return DEFAULT_PRIORITY + 1; // before the one that only escapes
  }

  @Override
  public boolean appliesTo(Origin origin, Object result) {
    return !(result instanceof RawString);
  }

  @Override
  public String map(Object result, Expression expression) {
    return escaper.map(Printable.of(result.toString(), LONGEST), expression);
  }
}
