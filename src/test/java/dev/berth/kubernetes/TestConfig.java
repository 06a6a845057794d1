package dev.berth.kubernetes;

import dev.berth.kubernetes.server.KubernetesConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The configuration of the package as the application would read it. */
public final class TestConfig {

  private TestConfig() {}

  public static KubernetesConfig defaults() {
    return from(Map.of());
  }

  public static KubernetesConfig with(String name, String value) {
    return from(Map.of(name, value));
  }

  public static KubernetesConfig from(Map<String, String> properties) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(properties, "test", 100))
        .withMapping(KubernetesConfig.class)
        .build()
        .getConfigMapping(KubernetesConfig.class);
  }
}
