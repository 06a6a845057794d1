package dev.berth.provisioning.observation;

import dev.berth.plan.Operation;
import dev.berth.provisioning.Assignment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries a write on the cluster so that nothing of it stays. */
@FunctionalInterface
public interface WriteTrial {

  /** What would become of the object. */
  enum ObjectFate {
    CREATE,
    CHANGE,
    REMOVE,
    NOTHING
  }

  /**
   * What the cluster said.
   *
   * @param fields that would be other than they are
   * @param tried whether the API server was asked; else it is what Berth would send
   * @param refusal why the API server would not take it, in its words; null = it would, or was not
   *     asked
   */
  record DryAnswer(
      ObjectFate effect, List<FieldChange> fields, boolean tried, @Nullable String refusal) {}

  DryAnswer of(Operation.Write write, Assignment assignment);
}
