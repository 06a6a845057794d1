package dev.berth.bridge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.provisioning.ProvisioningConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the bridge joins. It has no ferry here: to start one would be an error. */
class SbtBridgeTest {

  @Test
  void withoutATopicNothingStarts() {
    assertThatCode(() -> start(Map.of())).doesNotThrowAnyException();
  }

  @Test
  void aBridgeWhoseEventsWouldBeRefusedEndsTheStart() {
    Map<String, String> settings =
        Map.of(
            "berth.bridge.sbt.requests", "sbt.requests",
            "berth.bridge.sbt.answers", "sbt.answers",
            "berth.bridge.sbt.owners", "Group:admins",
            "berth.events.sources", "/control-plane");

    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("add /bridge/sbt to berth.events.sources");
  }

  private static void start(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withValidateUnknown(false)
            .withMapping(SbtConfig.class)
            .withMapping(ProvisioningConfig.class)
            .withSources(new PropertiesConfigSource(settings, "given", 100))
            .build();
    SbtBridge bridge =
        new SbtBridge(
            config.getConfigMapping(SbtConfig.class),
            config.getConfigMapping(ProvisioningConfig.class),
            null);
    bridge.start(new StartupEvent());
  }
}
