package dev.berth.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are published. */
@ConfigMapping(prefix = "berth.relay")
interface MessagingConfig {

  /** Messages per Kafka transaction. */
  @WithDefault("100")
  int batch();

  /**
   * How often the outbox is looked at when nothing hints at a message; also keeps the session
   * alive.
   */
  @WithDefault("1s")
  Duration poll();

  /** The wait before another try to become the relay, or to reach the broker. */
  @WithDefault("1s")
  Duration retry();

  /** How often what could not be sent is tried again. */
  @WithDefault("1m")
  Duration setAsideRetry();
}
