package dev.berth.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How events are published. */
@ConfigMapping(prefix = "berth.relay")
interface MessagingConfig {

  /**
   * Whether events are published in Kafka transactions; {@code off} is for brokers that have none,
   * <a href="operate.md#without-kafka-transactions">operate.md</a> says what is lost.
   */
  @WithDefault("on")
  boolean transactions();

  /** Events per Kafka transaction. */
  @WithDefault("100")
  int batch();

  /**
   * How often the outbox is read when nothing signals an event; also keeps the relay's session
   * alive, at most half of {@code berth.store.relay-idle-timeout}.
   */
  @WithDefault("1s")
  Duration poll();

  /** The wait before the next attempt to become the relay, or to reach the broker. */
  @WithDefault("1s")
  Duration retry();

  /** How often events and topics that could not be sent are tried again. */
  @WithDefault("1m")
  Duration setAsideRetry();
}
