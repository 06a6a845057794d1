package dev.berth.store.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.tenant.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that a person did, and what came of it. */
public record Action(UUID id, ActionKind kind, About target, Author author, Result result) {

  /**
   * What it is about.
   *
   * @param tenant null = no tenant
   * @param record the id of a refused record; null = none
   */
  public record About(@Nullable String tenant, @Nullable UUID record) {

    public static About of(TenantId tenant) {
      return new About(tenant.value(), null);
    }
  }

  /**
   * Whose it is.
   *
   * @param why in that one's words
   */
  public record Author(String who, String why, Instant at) {}

  /**
   * What came of it.
   *
   * @param before what it is about, as it was
   * @param after the same as it came to be; null = not known yet
   * @param doneAt null while it is pending
   */
  public record Result(
      State state,
      String message,
      @Nullable JsonNode before,
      @Nullable JsonNode after,
      @Nullable Instant doneAt) {

    /** Its wish is stored; a claim that begins after it carries it out. */
    public static Result pending(String message, JsonNode before) {
      return new Result(State.PENDING, message, before, null, null);
    }

    /** All of it is done with the action. */
    public static Result done(String message, JsonNode before, JsonNode after, Instant at) {
      return new Result(State.DONE, message, before, after, at);
    }
  }

  /** Whether it is over. */
  public enum State {
    PENDING,
    DONE,
    FAILED
  }
}
