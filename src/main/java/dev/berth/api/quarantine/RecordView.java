package dev.berth.api.quarantine;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.store.quarantine.QuarantinedRecord.Fate;
import dev.berth.store.quarantine.QuarantinedRecord.RecordPlace;
import dev.berth.tenant.advice.Actor;
import dev.berth.tenant.advice.Advice;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record of the quarantine as the API shows it. */
record RecordView(
    UUID id,
    @JsonUnwrapped RecordPlace at,
    String sha256,
    @JsonUnwrapped Claimed claims,
    @JsonUnwrapped RecordReason why,
    Instant refusedAt,
    @JsonUnwrapped Settled fate) {

  /** What it says of itself, unproven. */
  record Claimed(
      @Nullable String claimedSource,
      @Nullable String claimedId,
      @Nullable String claimedType,
      @Nullable String claimedTenant) {}

  /** Why it is not taken, and who does what about it. */
  record RecordReason(
      String reason, @Nullable String message, Actor actor, @Nullable String nextStep) {}

  /**
   * What became of it.
   *
   * @param result of the latest replay, and why
   * @param action that it was
   */
  record Settled(
      String state,
      @Nullable String result,
      @Nullable String answer,
      @Nullable UUID action,
      @Nullable Instant actedAt) {

    private static Settled of(Fate fate) {
      return new Settled(
          fate.state().word(), fate.verdict(), fate.answer(), fate.action(), fate.at());
    }
  }

  static RecordView of(QuarantinedRecord record) {
    QuarantinedRecord.RecordClaims claims = record.claims();
    Advice advice = Advice.named(record.why().reason());
    return new RecordView(
        record.id(),
        record.at(),
        record.sha256(),
        new Claimed(claims.source(), claims.id(), claims.type(), claims.tenant()),
        new RecordReason(
            record.why().reason(), record.why().message(), advice.actor(), advice.nextStep()),
        record.refusedAt(),
        Settled.of(record.fate()));
  }
}
