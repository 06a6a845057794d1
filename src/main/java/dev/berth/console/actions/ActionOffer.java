package dev.berth.console.actions;

import dev.berth.store.actions.ActionKind;

/**
 * An action as it is offered to a person.
 *
 * @param title of its button and page
 * @param effect what happens, and what does not
 */
public record ActionOffer(ActionKind kind, String title, String effect) {

  static ActionOffer of(ActionKind kind) {
    return switch (kind) {
      case LOOK ->
          new ActionOffer(
              kind,
              "Look now",
              "Berth looks at the tenant at once, and not only when its next look is due. Nothing else changes.");
      case RETRY ->
          new ActionOffer(
              kind,
              "Try again",
              "What failed is tried at once, and its attempts are counted anew. One that was withdrawn waits for room again.");
      case VERIFY ->
          new ActionOffer(
              kind,
              "Verify isolation",
              "Every check of the isolation report is made again now. Pods are tried by dry run only.");
      case FREEZE ->
          new ActionOffer(
              kind,
              "Freeze",
              "Owners and viewers lose their access, whatever events say, until somebody unfreezes the tenant. Its pods run on, and nothing is deleted.");
      case UNFREEZE ->
          new ActionOffer(
              kind,
              "Unfreeze",
              "Owners and viewers get their access back, once everything is proven as for any opening.");
      case WITHDRAW ->
          new ActionOffer(
              kind,
              "Withdraw",
              "The tenant leaves the waiting list, so that it holds up nobody. Its next event, or trying again, lets it wait at its old place.");
      case MOVE ->
          new ActionOffer(
              kind,
              "Move",
              "The tenant runs in another RuntimeClass from now on: it asks for room there, and once it has some, its pods are ended and start anew in that class. No pod ever runs outside a sandbox.");
      case REPLAY, DISCARD -> throw new IllegalArgumentException(kind.word());
    };
  }
}
