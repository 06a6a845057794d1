package dev.berth.settings;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/**
 * Ends the start before anything else happens, where a name is no setting, a setting is out of its
 * bounds, or a file of settings is not there.
 */
@Singleton
class SettingsCheck {

  private static final String LOCATIONS = "quarkus.config.locations";
  private static final String SYSTEM_PROPERTIES = "SysPropConfigSource";
  private static final String ENVIRONMENT = "EnvConfigSource";

  private final Config config;

  SettingsCheck(Config config) {
    this.config = config;
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
    List<String> names =
        Stream.concat(
                StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                    .filter(this::isForBerth),
                System.getenv().keySet().stream())
            .toList();
    List<String> bounds =
        Settings.faults(key -> Optional.ofNullable(config.getConfigValue(key).getValue()));
    List<String> faults =
        Stream.of(SettingsFiles.faults(locations()), KnownNames.faults(names), bounds)
            .flatMap(List::stream)
            .toList();
    if (!faults.isEmpty()) {
      throw new ConfigurationException(
          "Berth does not start, because of its settings:\n  - "
              + String.join("\n  - ", faults)
              + "\nSee docs/configuration.md");
    }
  }

  private List<String> locations() {
    return config.getOptionalValues(LOCATIONS, String.class).orElse(List.of());
  }

  /**
   * Variables are judged by their own names. In a build the system properties are also those of the
   * local run and of tests.
   */
  private boolean isForBerth(String name) {
    String source = String.valueOf(config.getConfigValue(name).getSourceName());
    return !source.equals(ENVIRONMENT)
        && !(source.equals(SYSTEM_PROPERTIES) && LaunchMode.current().isDevOrTest());
  }
}
