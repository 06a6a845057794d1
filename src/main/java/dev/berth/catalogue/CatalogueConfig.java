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

  /** A directory of YAML files; absent = the sample plans. */
  Optional<Path> directory();

  /** Prefixes, such as {@code example.com/}, that the metadata of plans may use. */
  Optional<Set<String>> metadataPrefixes();

  /** How often the directory is read again. */
  @WithDefault("5s")
  Duration poll();
}
