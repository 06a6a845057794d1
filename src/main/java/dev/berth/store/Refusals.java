package dev.berth.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records that were refused, with headers and payload up to the size cap. */
@ApplicationScoped
public class Refusals {

  public record Refused(
      UUID id,
      Inbox.Position position,
      String sha256,
      @Nullable String claimedSource,
      @Nullable String claimedId,
      String reason,
      String headers,
      byte @Nullable [] payload) {}

  /** True if this record was not known as refused before. */
  public boolean add(Refused refused) {
    throw new UnsupportedOperationException();
  }
}
