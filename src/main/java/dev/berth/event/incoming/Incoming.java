package dev.berth.event.incoming;

import dev.berth.tenant.Cause;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.condition.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a record turned out to be. */
public sealed interface Incoming {

  /** What it says of itself. */
  Hints claims();

  /** Not authorised, or not decodable: nobody is answered, and it uses up no id. */
  record Refused(Hints claims, Refusal refusal) implements Incoming {}

  /** Authorised and decodable, with a valid tenant id: its tenant is answered. */
  sealed interface Authorised extends Incoming {

    Envelope envelope();

    /** 0 = not known. */
    long generation();

    @Override
    default Hints claims() {
      return envelope().claims();
    }
  }

  /**
   * A valid request.
   *
   * @param expiry after which the request is void
   */
  record Request(Envelope envelope, TenantRequest request, @Nullable Instant expiry)
      implements Authorised {
    @Override
    public long generation() {
      return request.generation();
    }
  }

  /** Data that are no request. */
  record Invalid(Envelope envelope, Refusal refusal) implements Authorised {
    @Override
    public long generation() {
      return 0;
    }
  }

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
}
