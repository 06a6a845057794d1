package dev.berth.catalogue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Where plans come from. */
@ConfigMapping(prefix = "berth.catalogue")
interface CatalogueConfig {

  /**
   * YAML files with plans; without it the sample plans {@code starter}, {@code team} and {@code
   * enterprise} are used.
   */
  Optional<Path> directory();

  /** Prefixes, such as {@code example.com/}, that labels and annotations of plans may have. */
  Optional<Set<String>> metadataPrefixes();

  /** How often the directory is read again. */
  @WithDefault("5s")
  Duration poll();
}
