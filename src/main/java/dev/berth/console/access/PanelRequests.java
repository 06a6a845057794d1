package dev.berth.console.access;

import io.quarkus.oidc.JavaScriptRequestChecker;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;

/**
 * A script that asks for a panel, or listens for changes, is told that the session has ended, and
 * not sent to the issuer.
 */
@ApplicationScoped
class PanelRequests implements JavaScriptRequestChecker {

  @Override
  public boolean isJavaScriptRequest(RoutingContext call) {
    return call.request().getHeader("HX-Request") != null
        || MediaType.SERVER_SENT_EVENTS.equals(call.request().getHeader(HttpHeaders.ACCEPT));
  }
}
