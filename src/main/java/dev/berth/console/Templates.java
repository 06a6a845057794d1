package dev.berth.console;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** What surrounds the content of every page. */
@CheckedTemplate(basePath = "console")
final class Templates {

  private Templates() {}

  static native TemplateInstance page(Frame frame, List<Panel.Written> panels);

  static native TemplateInstance panel(Panel.Written panel);

  static native TemplateInstance failure(Frame frame, List<String> sentences);
}
