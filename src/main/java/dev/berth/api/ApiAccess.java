package dev.berth.api;

import dev.berth.api.ApiConfig.Auth;
import dev.berth.api.problem.ForeignPage;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * Admits only callers whose token has the viewer role; where the API is open, all but those that a
 * browser may have been made to be.
 */
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
    return config.auth() == Auth.NONE ? open(request.request()) : caller.map(this::check);
  }

  private static Uni<CheckResult> open(HttpServerRequest call) {
    HostAndPort authority = call.authority();
    return BrowserRules.refusal(
            call.getHeader(HttpHeaders.ORIGIN),
            authority == null ? null : authority.toString(),
            isLoopback(call.localAddress()))
        .<Uni<CheckResult>>map(why -> Uni.createFrom().failure(new ForeignPage(why)))
        .orElseGet(CheckResult::permit);
  }

  private static boolean isLoopback(@Nullable SocketAddress address) {
    String ip = address == null ? null : address.hostAddress();
    return ip != null && (ip.startsWith("127.") || ip.startsWith("0:0:0:0:0:0:0:1"));
  }

  private CheckResult check(SecurityIdentity caller) {
    if (caller.isAnonymous()) {
      // A mere DENY would be answered without a problem document.
      throw new UnauthorizedException();
    }
    return caller.hasRole(config.viewerRole()) ? CheckResult.PERMIT : CheckResult.DENY;
  }
}
