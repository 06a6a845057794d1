package dev.berth.api;

import dev.berth.api.ApiConfig.Auth;
import dev.berth.api.problem.Denied;
import dev.berth.event.Printable;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;

/** Who calls, and what that one may do. Where the API is open, anyone may do everything. */
@ApplicationScoped
public class Authority {

  private static final String ANYONE = "anyone";

  private final ApiConfig config;

  Authority(ApiConfig config) {
    this.config = config;
  }

  /** The caller's name for people; not unique beyond its issuer. */
  public String name(SecurityIdentity caller) {
    return caller.isAnonymous() ? ANYONE : Printable.of(caller.getPrincipal().getName());
  }

  public boolean has(SecurityIdentity caller, Role role) {
    return config.auth() == Auth.NONE
        || Arrays.stream(Role.values())
            .filter(held -> held.compareTo(role) >= 0)
            .anyMatch(held -> caller.hasRole(nameOf(held)));
  }

  /** As tokens have it. */
  private String nameOf(Role role) {
    return switch (role) {
      case VIEWER -> config.viewerRole();
      case OPERATOR -> config.operatorRole();
      case ADMIN -> config.adminRole();
    };
  }

  /**
   * Lets nobody pass who lacks the role.
   *
   * @throws Denied if the caller does
   */
  public void demand(SecurityIdentity caller, Role role) {
    if (!has(caller, role)) {
      throw new Denied(
          "The token is valid but lacks the role %s, which this needs.".formatted(nameOf(role)));
    }
  }
}
