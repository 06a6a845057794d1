package dev.berth.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may use the API. */
@ConfigMapping(prefix = "berth.api")
interface ApiConfig {

  /** How callers prove who they are; {@code NONE} opens the API to everybody. */
  @WithDefault("oidc")
  Auth auth();

  /** The role that a bearer token must carry to read. */
  @WithDefault("berth-viewer")
  String viewerRole();

  enum Auth {
    OIDC,
    NONE
  }
}
