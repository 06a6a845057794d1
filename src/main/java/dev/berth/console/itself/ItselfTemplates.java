package dev.berth.console.itself;

import dev.berth.api.itself.BerthView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The panels of Berth itself. */
@CheckedTemplate(basePath = "itself")
final class ItselfTemplates {

  private ItselfTemplates() {}

  static native TemplateInstance replica(BerthView berth);

  static native TemplateInstance policies(BerthView berth);

  static native TemplateInstance backlog(BerthView berth);

  static native TemplateInstance more(String management);
}
