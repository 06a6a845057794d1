package dev.berth.plan;

import java.util.Map;

/** The objects of a tenant that were read back from the cluster: their uids. */
public record Recorded(Map<Resource.Key, String> uids) {

  public static final Recorded NOTHING = new Recorded(Map.of());

  public Recorded {
    uids = Map.copyOf(uids);
  }
}
