package dev.berth.api;

import dev.berth.api.problem.Denied;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a call to its method only with the role that it {@link Needs}. */
class RoleGate {

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Authority authority;
  private final SecurityIdentity caller;

  RoleGate(Authority authority, SecurityIdentity caller) {
    this.authority = authority;
    this.caller = caller;
  }

  @ServerRequestFilter
  void check(ResourceInfo called, ContainerRequestContext call) {
    Needs needs = called.getResourceMethod().getAnnotation(Needs.class);
    if (needs != null) {
      authority.demand(caller, needs.value());
    } else if (!READING.contains(call.getMethod())) {
      throw new Denied("Nobody may call this: it does not say which role it needs.");
    }
  }
}
