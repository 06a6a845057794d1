package dev.berth.console.plans;

import dev.berth.api.plans.PlanViews.PlanDetail;
import dev.berth.api.plans.PlanViews.PlanList;
import dev.berth.console.Terms;
import dev.berth.provisioning.observation.FieldChange;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;

/** The panels of plans. */
@CheckedTemplate(basePath = "plans")
final class PlansTemplates {

  private PlansTemplates() {}

  static native TemplateInstance catalogue(PlanList plans);

  static native TemplateInstance versions(PlanDetail plan, Terms terms);

  static native TemplateInstance budget(PlanDetail plan, List<QuotaTable> quotas);

  static native TemplateInstance fields(List<FieldChange> fields);
}
