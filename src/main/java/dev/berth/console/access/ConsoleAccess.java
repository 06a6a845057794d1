package dev.berth.console.access;

import dev.berth.api.ApiAccess;
import dev.berth.api.ApiConfig;
import dev.berth.api.ApiConfig.Auth;
import dev.berth.api.Authority;
import dev.berth.api.BrowserRules;
import dev.berth.api.Role;
import dev.berth.api.problem.Denied;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Admits to the console, and to everything that has no rule of its own, whom the API admits; sends
 * the others to sign in, but for forms, which would be lost on the way. What changes something must
 * come from a page of the console.
 */
@ApplicationScoped
class ConsoleAccess implements HttpSecurityPolicy {

  private final ApiConfig config;
  private final Authority authority;
  private final boolean canSignIn;

  ConsoleAccess(
      ApiConfig config,
      Authority authority,
      @ConfigProperty(name = "quarkus.oidc.client-id") Optional<String> client) {
    this.config = config;
    this.authority = authority;
    this.canSignIn = client.isPresent();
  }

  /** As application.properties names it. */
  @Override
  public String name() {
    return "berth-console";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> caller, AuthorizationRequestContext context) {
    boolean open = config.auth() == Auth.NONE;
    Optional<String> refusal =
        foreignForm(request.request())
            .or(() -> open ? ApiAccess.refusalWhereOpen(request.request()) : Optional.empty());
    if (refusal.isPresent()) {
      return Uni.createFrom().failure(new Denied(refusal.get()));
    }
    return open ? CheckResult.permit() : caller.map(it -> check(it, reads(request.request())));
  }

  private static Optional<String> foreignForm(HttpServerRequest call) {
    return reads(call)
        ? Optional.empty()
        : BrowserRules.formRefusal(
            call.getHeader("Sec-Fetch-Site"),
            call.getHeader(HttpHeaders.ORIGIN),
            call.authority() == null ? null : call.authority().toString());
  }

  private static boolean reads(HttpServerRequest call) {
    return call.method().equals(HttpMethod.GET) || call.method().equals(HttpMethod.HEAD);
  }

  private CheckResult check(SecurityIdentity caller, boolean reads) {
    if (!caller.isAnonymous()) {
      if (authority.has(caller, Role.VIEWER)) {
        return CheckResult.PERMIT;
      }
      throw new ForbiddenException();
    }
    if (canSignIn && reads) {
      return CheckResult.DENY; // which sends a browser to the issuer
    }
    throw new UnauthorizedException();
  }
}
