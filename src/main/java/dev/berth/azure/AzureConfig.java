package dev.berth.azure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Where the managed cluster is. What Berth does there is said beside it, under the same prefix. */
@ConfigMapping(prefix = "berth.azure")
public interface AzureConfig {

  /** Id of the subscription; needed unless the mode is {@code off}, as are the next two. */
  Optional<String> subscription();

  /** Resource group that the managed cluster is in. */
  Optional<String> resourceGroup();

  /** Name of the managed cluster. */
  Optional<String> clusterName();

  /**
   * The Resource Manager, such as that of a national cloud, which {@code AZURE_AUTHORITY_HOST} must
   * fit.
   */
  @WithDefault("https://management.azure.com")
  URI endpoint();

  /**
   * How long a request may take, with the token for it; a read is repeated once within this time, a
   * write never.
   */
  @WithDefault("20s")
  Duration timeout();
}
