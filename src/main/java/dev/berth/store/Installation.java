package dev.berth.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Who this Berth is: one installation per database and cluster. */
@ApplicationScoped
public class Installation {

  /**
   * The id of the installation, made on first use.
   *
   * @throws IllegalStateException if the database belongs to a Berth for another cluster
   */
  public UUID id(String cluster) {
    throw new UnsupportedOperationException(cluster);
  }
}
