package dev.berth.event.incoming;

import dev.berth.event.Printable;
import dev.berth.tenant.Cause;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a record turned out to be. */
public sealed interface Incoming {

  /**
   * Authorised, decodable and valid.
   *
   * @param expiry after which the request is void
   */
  record Request(Envelope envelope, TenantRequest request, @Nullable Instant expiry)
      implements Incoming {}

  /** Authorised and decodable, with a valid tenant id, but not admissible. */
  record Invalid(Envelope envelope, Refusal refusal) implements Incoming {}

  /** Everything else. */
  record Refused(Hints claims, Refusal refusal) implements Incoming {}

  /**
   * Of a record that was decoded.
   *
   * @param sha256 over type, subject and data: what makes two records of one source and id the same
   */
  record Envelope(
      String source,
      String id,
      String type,
      TenantId tenant,
      String sha256,
      Cause cause,
      Hints claims) {}

  /**
   * What a record says of itself, unproven, shortened and free of control characters.
   *
   * @param sha256 of the value's bytes
   */
  record Hints(
      String sha256,
      @Nullable String key,
      @Nullable String source,
      @Nullable String id,
      @Nullable String type,
      @Nullable String tenant) {}

  /** Why a record is not taken. */
  record Refusal(Reason reason, String message, List<Fault> errors) {
    private static final int LONGEST_MESSAGE = 1024;
    private static final int MOST_ERRORS = 100;

    public Refusal {
      message = Brief.message(message, LONGEST_MESSAGE);
      errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MOST_ERRORS)));
    }
  }

  /**
   * One fault.
   *
   * @param pointer RFC 6901, into the data
   */
  record Fault(String pointer, Reason reason, String detail) {
    public Fault {
      pointer = Brief.of(pointer, Printable.MAX_LENGTH);
      detail = Brief.of(detail, Printable.MAX_LENGTH);
    }
  }
}
