package dev.berth.tracing;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Where spans are sent. */
@ConfigMapping(prefix = "berth.tracing")
interface TracingConfig {

  /**
   * A collector that takes OTLP over HTTP, such as {@code http://collector:4318}; spans are posted
   * to {@code /v1/traces} there. Without one none are made, <a
   * href="operate.md#traces">operate.md</a>.
   */
  Optional<String> endpoint();
}
