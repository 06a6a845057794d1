package dev.berth.console.tenants;

import dev.berth.plan.isolation.IsolationReport;
import dev.berth.provisioning.observation.Observation;
import dev.berth.store.inbox.Requests.NotApplied;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The panels of tenants. */
@CheckedTemplate(basePath = "tenants")
final class TenantsTemplates {

  private TenantsTemplates() {}

  static native TemplateInstance filter(FilterForm form);

  static native TemplateInstance list(List<TenantRow> rows, Paging paging);

  static native TemplateInstance state(TenantRow row, TenantStory story);

  static native TemplateInstance conditions(List<ConditionRow> conditions);

  static native TemplateInstance room(TenantRoom room);

  static native TemplateInstance request(@Nullable NotApplied request);

  static native TemplateInstance observed(Observation observed);

  static native TemplateInstance timeline(List<StepRow> steps);

  static native TemplateInstance isolation(
      @Nullable IsolationReport report, @Nullable Instant due, String progress);

  static native TemplateInstance snapshot(List<String> lines);
}
