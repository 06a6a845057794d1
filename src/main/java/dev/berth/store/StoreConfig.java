package dev.berth.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is stored lives, and when a silent relay loses its lock. */
@ConfigMapping(prefix = "berth.store")
public interface StoreConfig {

  /**
   * How long decided requests are remembered; Berth warns at start if it is less than the retention
   * of the input topic. One whose record is kept as refused stays as long as that.
   */
  @WithDefault("30d")
  Duration inboxAge();

  /** How long refused records are kept. */
  @WithDefault("90d")
  Duration refusedAge();

  /** How long published events are kept; the last 20 steps of a tenant stay. */
  @WithDefault("30d")
  Duration outboxAge();

  /** How long actions of people are kept once they are over. */
  @WithDefault("400d")
  Duration actionAge();

  /** How long a repeat of an action is known by its {@code Idempotency-Key}. */
  @WithDefault("7d")
  Duration keyAge();

  /** How often older rows are deleted; {@code off} = never. */
  @WithDefault("1h")
  String purgeEvery();

  /** PostgreSQL ends a relay's session that is idle this long, and another replica takes over. */
  @WithDefault("10s")
  Duration relayIdleTimeout();
}
