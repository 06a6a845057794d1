package dev.berth.api.quarantine;

import dev.berth.api.problem.NothingThere;
import dev.berth.store.quarantine.Letter;
import dev.berth.store.quarantine.Settlements;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The records of the quarantine, by the ids that callers give. */
@ApplicationScoped
public class KnownRecords {

  private final Settlements settlements;

  KnownRecords(Settlements settlements) {
    this.settlements = settlements;
  }

  /**
   * The record of that id, which may be no valid one.
   *
   * @throws NothingThere if there is none
   */
  public Letter known(String id) {
    return uuid(id).flatMap(settlements::find).orElseThrow(KnownRecords::nothing);
  }

  static NothingThere nothing() {
    return new NothingThere(
        "There is no record with this id in the quarantine, or no longer: it is kept for berth.store.refused-age.");
  }

  static Optional<UUID> uuid(String id) {
    try {
      return Optional.of(UUID.fromString(id)).filter(it -> it.toString().equals(id));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }
}
