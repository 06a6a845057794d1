package dev.berth.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.provisioning.pools.PoolConfig;
import dev.berth.provisioning.pools.PoolConfig.AzureMode;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two rooms share a prefix: each takes its own, and what nobody takes is refused. */
class AzureConfigTest {

  @Test
  void eachTakesItsOwn() {
    SmallRyeConfig config = builder("berth.azure.mode", "observe").build();

    assertThat(config.getConfigMapping(PoolConfig.class).mode()).isEqualTo(AzureMode.OBSERVE);
    assertThat(config.getConfigMapping(AzureConfig.class).subscription()).isEmpty();
    assertThat(config.getConfigMapping(AzureConfig.class).endpoint())
        .hasToString("https://management.azure.com");
  }

  @Test
  void whatNobodyTakesIsRefused() {
    SmallRyeConfigBuilder builder = builder("berth.azure.resourcegroup", "typo");

    assertThatThrownBy(builder::build).hasMessageContaining("berth.azure.resourcegroup");
  }

  private static SmallRyeConfigBuilder builder(String key, String value) {
    return new SmallRyeConfigBuilder()
        .withMapping(AzureConfig.class)
        .withMapping(PoolConfig.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(Map.of(key, value), "test", 100));
  }
}
