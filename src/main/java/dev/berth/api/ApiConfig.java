package dev.berth.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may use the API. */
@ConfigMapping(prefix = "berth.api")
interface ApiConfig {

  /** {@code oidc}: bearer tokens; {@code none}: anyone who reaches the port may read. */
  @WithDefault("oidc")
  Auth auth();

  /** The role that a token must carry. */
  @WithDefault("berth-viewer")
  String viewerRole();

  enum Auth {
    OIDC,
    NONE
  }
}
