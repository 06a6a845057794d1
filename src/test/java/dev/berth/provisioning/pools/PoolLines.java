package dev.berth.provisioning.pools;

import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lines for node pools where nobody looks after any. */
@SuppressWarnings("NullAway")
public final class PoolLines {

  private PoolLines() {}

  /** As long as the mode is off neither database nor pools are asked. */
  public static PoolLine off() {
    return new PoolLine(null, null, null, config(AzureMode.OFF));
  }

  static PoolConfig config(AzureMode mode) {
    return new Settings(mode, Duration.ofSeconds(30), Duration.ofMinutes(5), Optional.empty());
  }

  private record Settings(
      AzureMode mode, Duration poll, Duration recheck, Optional<List<String>> vmFamilies)
      implements PoolConfig {}
}
