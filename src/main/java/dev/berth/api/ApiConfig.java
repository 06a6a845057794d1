package dev.berth.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Who may use the API. */
@ConfigMapping(prefix = "berth.api")
public interface ApiConfig {

  /** {@code oidc}: bearer tokens; {@code none}: anyone who reaches the port may read and act. */
  @WithDefault("oidc")
  Auth auth();

  /** The role of those who read; a token must carry it or one of the next two. */
  @WithDefault("berth-viewer")
  String viewerRole();

  /** The role of those who also act on tenants and on refused records. */
  @WithDefault("berth-operator")
  String operatorRole();

  /** The role of those who may do everything. */
  @WithDefault("berth-admin")
  String adminRole();

  enum Auth {
    OIDC,
    NONE
  }
}
