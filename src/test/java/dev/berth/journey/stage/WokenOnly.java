package dev.berth.journey.stage;

import java.util.HashMap;
import java.util.Map;

/**
 * On all three parts; what holds a tenant back is not looked at again by the clock, so that
 * patience hides no wake-up that was lost.
 */
public class WokenOnly extends OnRealParts {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> overrides = new HashMap<>(super.getConfigOverrides());
    overrides.put("berth.work.blocked-recheck", "1h");
    return overrides;
  }
}
