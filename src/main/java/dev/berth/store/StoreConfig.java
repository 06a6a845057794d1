package dev.berth.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is stored lives, and when a silent relay loses its lock. */
@ConfigMapping(prefix = "berth.store")
public interface StoreConfig {

  /**
   * Of decided requests. At least the retention of the input topic, else a replayed record is met
   * as a new one.
   */
  @WithDefault("30d")
  Duration inboxAge();

  @WithDefault("90d")
  Duration refusedAge();

  /** Of published messages; the latest of each tenant stay. */
  @WithDefault("30d")
  Duration outboxAge();

  /** How often what is too old is deleted; {@code off} = never. */
  @WithDefault("1h")
  String purgeEvery();

  /** A relay must be heard of within it. */
  @WithDefault("10s")
  Duration relayIdleTimeout();
}
