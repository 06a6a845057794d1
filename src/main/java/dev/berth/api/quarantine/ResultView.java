package dev.berth.api.quarantine;

import dev.berth.provisioning.intake.RecordResult;
import dev.berth.tenant.condition.Refusal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a replay or a discard would do to a record. */
public record ResultView(
    UUID id, String result, @Nullable String reason, String message, String state) {

  static ResultView of(RecordResult result) {
    Refusal refusal = result.refusal();
    return new ResultView(
        result.id(),
        result.result(),
        refusal == null ? null : refusal.reason().name(),
        result.message(),
        result.state().word());
  }
}
