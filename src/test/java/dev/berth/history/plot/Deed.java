package dev.berth.history.plot;

import java.util.List;

/** What is done to one tenant. */
public sealed interface Deed {

  /** An event of the control plane; {@code sandboxes} 0 = no wish. */
  record Send(
      String type,
      long generation,
      String plan,
      List<String> owners,
      List<String> viewers,
      int sandboxes)
      implements Deed {}

  /** The event of the tenant that was sent so many before comes once more. */
  record Again(int before) implements Deed {}

  /** A label of the namespace is changed by hand; an empty value removes it. */
  record Relabel(String namespace, String key, String value) implements Deed {}

  /**
   * Somebody becomes a subject of Berth's binding by hand, beside the others or instead of them.
   */
  record LetIn(String namespace, String intruder, boolean instead) implements Deed {}

  /** Somebody gets a binding beside Berth's by hand. */
  record Foreign(String namespace, String intruder) implements Deed {}

  /** The owners' binding is deleted by hand. */
  record Unbind(String namespace) implements Deed {}

  /**
   * An operator acts on the tenant by the API.
   *
   * @param to the class to which a move leads; else empty
   */
  record Act(String kind, String to, Manner manner) implements Deed {}

  /** How an action is asked for. */
  enum Manner {
    ONCE,
    /** The same call comes again, to another replica if there is one. */
    TWICE,
    /** Another call comes with the same key. */
    OTHERWISE,
    /** For a state that the tenant is not in. */
    OUTDATED
  }

  /** A pod is started, as a controller does; an empty class is that of the namespace. */
  record StartPod(String namespace, String runtimeClass) implements Deed {}

  /** The namespace is deleted by hand. */
  record Destroy(String namespace) implements Deed {}
}
