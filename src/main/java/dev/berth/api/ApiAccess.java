package dev.berth.api;

import dev.berth.api.ApiConfig.Auth;
import dev.berth.api.problem.Denied;
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
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Admits only callers whose token has the viewer role or a higher one; where the API is open, all
 * but those that a browser may have been made to be. What changes something takes no call of
 * another page in any case.
 */
@ApplicationScoped
public class ApiAccess implements HttpSecurityPolicy {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final ApiConfig config;
  private final Authority authority;

  ApiAccess(ApiConfig config, Authority authority) {
    this.config = config;
    this.authority = authority;
  }

  /** As application.properties names it. */
  @Override
  public String name() {
    return "berth-api";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> caller, AuthorizationRequestContext context) {
    boolean open = config.auth() == Auth.NONE;
    Optional<String> refusal = refusal(request.request(), open);
    if (refusal.isPresent()) {
      return Uni.createFrom().failure(new Denied(refusal.get()));
    }
    // In a browser that signed in to the console a cookie names the caller; the API takes none.
    boolean token = request.request().getHeader(HttpHeaders.AUTHORIZATION) != null;
    return open ? CheckResult.permit() : caller.map(known -> check(known, token));
  }

  private static Optional<String> refusal(HttpServerRequest call, boolean open) {
    if (open) {
      return refusalWhereOpen(call);
    }
    return READING.contains(call.method().name())
        ? Optional.empty()
        : BrowserRules.refusal(call.getHeader(HttpHeaders.ORIGIN), host(call));
  }

  /** Why a call that anybody may make is refused all the same; empty = it is not. */
  public static Optional<String> refusalWhereOpen(HttpServerRequest call) {
    return BrowserRules.refusal(
        call.getHeader(HttpHeaders.ORIGIN), host(call), isLoopback(call.localAddress()));
  }

  private static @Nullable String host(HttpServerRequest call) {
    HostAndPort authority = call.authority();
    return authority == null ? null : authority.toString();
  }

  private static boolean isLoopback(@Nullable SocketAddress address) {
    String ip = address == null ? null : address.hostAddress();
    return ip != null && (ip.startsWith("127.") || ip.startsWith("0:0:0:0:0:0:0:1"));
  }

  private CheckResult check(SecurityIdentity caller, boolean token) {
    if (caller.isAnonymous() || !token) {
      // A mere DENY would be answered without a problem document.
      throw new UnauthorizedException();
    }
    return authority.has(caller, Role.VIEWER) ? CheckResult.PERMIT : CheckResult.DENY;
  }
}
