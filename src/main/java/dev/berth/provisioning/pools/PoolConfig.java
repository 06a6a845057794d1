package dev.berth.provisioning.pools;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether Berth looks after node pools, and how often. */
@ConfigMapping(prefix = "berth.azure")
public interface PoolConfig {

  /**
   * Whether Berth looks after the node pools that plans ask for: not at all, by telling what it
   * would do, or by creating pools and letting them grow.
   */
  @WithDefault("off")
  AzureMode mode();

  /** How often a node pool is looked at while something is under way. */
  @WithDefault("30s")
  Duration poll();

  /**
   * How often it is looked at when nothing is; sooner when a tenant needs it, or plans or nodes
   * change.
   */
  @WithDefault("5m")
  Duration recheck();

  /**
   * Regular expressions for VM sizes that can run virtual machines of their own, in lower case and
   * without {@code standard_}, such as {@code d\d+s?_v[345]} and {@code e\d+s_v5}; in the place of
   * those that Berth knows. No comma may stand in one. A size that none matches is tried, with a
   * warning.
   */
  Optional<List<String>> vmFamilies();

  enum AzureMode {
    /** Azure is never asked. */
    OFF,
    /** Berth reads and reports. */
    OBSERVE,
    /** Berth makes node pools, and enlarges those that it made. */
    ENSURE
  }
}
