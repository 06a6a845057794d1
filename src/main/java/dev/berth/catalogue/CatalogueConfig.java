package dev.berth.catalogue;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Where plans come from. */
@ConfigMapping(prefix = "berth.catalogue")
interface CatalogueConfig {

  /** A directory of YAML files; absent = the sample plans. */
  Optional<Path> directory();

  /** Prefixes, such as {@code example.com/}, that the metadata of plans may use. */
  Optional<Set<String>> metadataPrefixes();
}
