package dev.berth.console.quarantine;

import dev.berth.console.Terms;
import dev.berth.provisioning.intake.RecordResult;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The panels of the quarantine. */
@CheckedTemplate(basePath = "quarantine")
final class QuarantineTemplates {

  private QuarantineTemplates() {}

  static native TemplateInstance filter(Terms terms, List<String> states);

  static native TemplateInstance list(List<RecordRow> rows, String first, String next);

  static native TemplateInstance many(String replay, String discard);

  static native TemplateInstance foreseen(ManyForm form);

  static native TemplateInstance confirm(ManyForm form);

  static native TemplateInstance further(String list, String rest);

  static native TemplateInstance shown(RecordRow row);

  static native TemplateInstance act(String id, RecordResult replayed, String key);

  static native TemplateInstance payload(String id, @Nullable Integer size);
}
