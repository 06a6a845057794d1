package dev.berth.provisioning.actions;

import dev.berth.store.actions.Action;

/** What an action changes: one for each kind. */
@FunctionalInterface
public interface Effect {

  /**
   * Changes it within the transaction that stores the action. Locks what the action is about.
   *
   * @throws ActionRefused if it cannot be done; then nothing is changed and nothing stored
   */
  Action.Result take();
}
