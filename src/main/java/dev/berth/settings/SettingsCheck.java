package dev.berth.settings;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Ends the start before anything else happens, where a setting is out of its bounds. */
@Singleton
class SettingsCheck {

  private final Config config;

  SettingsCheck(Config config) {
    this.config = config;
  }

  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE + 1) StartupEvent event) {
    List<String> faults =
        Settings.faults(key -> Optional.ofNullable(config.getConfigValue(key).getValue()));
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "Berth does not start, because its settings are out of bounds:\n  - "
              + String.join("\n  - ", faults)
              + "\nSee docs/configuration.md");
    }
  }
}
