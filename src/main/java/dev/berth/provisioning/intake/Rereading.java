package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.RawRecord;
import dev.berth.event.Sha256;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.store.quarantine.Letter;
import dev.berth.store.quarantine.QuarantinedRecord;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record of the quarantine, read once more.
 *
 * @param raw as it was kept
 * @param incoming what it is by today's configuration
 */
record Rereading(RawRecord raw, Incoming incoming) {

  private static final Set<String> OF_THE_KEY =
      Set.of(Reason.NoKey.name(), Reason.KeyMismatch.name());

  /** It knows no source, and so takes nothing: for what a record says of itself. */
  private static final Decoder CLAIMS = new Decoder(Map.of());

  static Rereading of(Letter letter, Decoder decoder) {
    RawRecord raw = Archive.restore(letter, key(letter));
    return isWhole(letter)
        ? new Rereading(raw, Intake.decoded(decoder, raw))
        : new Rereading(raw, new Incoming.Refused(Decoder.claims(raw), cut()));
  }

  /**
   * An older version did not keep the key: the tenant that the record names stands for it, unless
   * the key was what was wrong.
   */
  private static byte @Nullable [] key(Letter letter) {
    if (letter.sentAt() != null || OF_THE_KEY.contains(letter.record().why().reason())) {
      return letter.key();
    }
    RawRecord keyed = Archive.restore(letter, new byte[] {'?'});
    String tenant = Intake.decoded(CLAIMS, keyed).claims().tenant();
    return tenant == null ? null : tenant.getBytes(UTF_8);
  }

  /** What was cut off might have made it another request. */
  private static boolean isWhole(Letter letter) {
    byte[] value = letter.kept().payload();
    return Sha256.of(value == null ? new byte[0] : value).equals(letter.record().sha256());
  }

  private static Refusal cut() {
    return new Refusal(
        Reason.TooLarge,
        "the record is larger than what is kept of it, so it cannot be replayed: its producer has to send a smaller one");
  }

  /** With what an older version did not keep, as far as the record tells it. */
  static QuarantinedRecord recalled(Letter letter, Decoder decoder) {
    QuarantinedRecord record = letter.record();
    if (record.why().message() != null) {
      return record;
    }
    Incoming incoming = of(letter, decoder).incoming();
    Incoming.Hints claims = incoming.claims();
    return record.with(
        new QuarantinedRecord.RecordClaims(
            record.claims().source(), record.claims().id(), claims.type(), claims.tenant()),
        why(record.why(), incoming));
  }

  private static QuarantinedRecord.Grounds why(QuarantinedRecord.Grounds known, Incoming incoming) {
    Refusal refusal =
        switch (incoming) {
          case Incoming.Refused refused -> refused.refusal();
          case Incoming.Invalid invalid -> invalid.refusal();
          case Incoming.Request valid -> null;
        };
    return refusal != null && refusal.reason().name().equals(known.reason())
        ? QuarantinedRecord.Grounds.of(refusal)
        : known;
  }
}
