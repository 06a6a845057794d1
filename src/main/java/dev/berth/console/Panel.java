package dev.berth.console;

import io.quarkus.qute.TemplateInstance;
import java.util.function.Supplier;

/**
 * A part of a page that stands for itself.
 *
 * @param id by which a browser asks for it alone
 * @param live whether it is asked for again while the page is open
 */
public record Panel(String id, String heading, boolean live, Supplier<TemplateInstance> body) {

  public static Panel live(String id, String heading, Supplier<TemplateInstance> body) {
    return new Panel(id, heading, true, body);
  }

  /** One that a refresh would take from under the hands, or that does not change. */
  public static Panel still(String id, String heading, Supplier<TemplateInstance> body) {
    return new Panel(id, heading, false, body);
  }

  Written written() {
    String html = body.get().render();
    return new Written(this, html, Digest.of(html));
  }

  /**
   * A panel as HTML.
   *
   * @param tag tells whether it has changed
   */
  public record Written(Panel panel, String html, String tag) {}
}
