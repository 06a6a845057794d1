package dev.berth.plan;

import dev.berth.tenant.condition.Brief;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an operation. */
public sealed interface Outcome {

  /**
   * Read back from the API server.
   *
   * @param uid of the object, where there is one
   * @param repaired what others had changed and this brought back; null = nothing
   */
  record Done(@Nullable String uid, @Nullable String repaired) implements Outcome {
    public Done {
      repaired = repaired == null ? null : brief(repaired);
    }

    public Done(@Nullable String uid) {
      this(uid, null);
    }
  }

  /** Nothing is wrong, but it takes time. */
  record InProgress(Reason reason, String message, Duration recheckAfter) implements Outcome {
    public InProgress {
      message = brief(message);
    }
  }

  /** Continues automatically, by trying again. */
  record Retryable(Reason reason, String message) implements Outcome {
    public Retryable {
      message = brief(message);
    }
  }

  /** The target refused this generation; it waits for a person or a change. */
  record Rejected(Reason reason, String message) implements Outcome {
    public Rejected {
      message = brief(message);
    }
  }

  /** Was not run, because an operation it depends on is not done. */
  record Skipped(String waitsFor) implements Outcome {}

  /** What the target says has no bound of its own. */
  private static String brief(String message) {
    return Brief.message(message, Condition.LONGEST_MESSAGE);
  }
}
