package dev.berth.api;

import dev.berth.api.ApiConfig.Auth;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Admits only callers whose token has the viewer role, unless the API is open. */
@ApplicationScoped
class ApiAccess implements HttpSecurityPolicy {

  private final ApiConfig config;

  ApiAccess(ApiConfig config) {
    this.config = config;
  }

  /** As application.properties names it. */
  @Override
  public String name() {
    return "berth-api";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> caller, AuthorizationRequestContext context) {
    return config.auth() == Auth.NONE ? CheckResult.permit() : caller.map(this::check);
  }

  private CheckResult check(SecurityIdentity caller) {
    if (caller.isAnonymous()) {
      // A mere DENY would be answered without a problem document.
      throw new UnauthorizedException();
    }
    return caller.hasRole(config.viewerRole()) ? CheckResult.PERMIT : CheckResult.DENY;
  }
}
