package dev.berth.console.actions;

import dev.berth.tenant.TenantId;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The panels of actions. */
@CheckedTemplate(basePath = "actions")
final class ActionsTemplates {

  private ActionsTemplates() {}

  static native TemplateInstance offers(TenantId tenant, boolean may, List<ActionOffer> offers);

  static native TemplateInstance done(List<ActionRow> rows);

  static native TemplateInstance confirm(ActionForm form);
}
