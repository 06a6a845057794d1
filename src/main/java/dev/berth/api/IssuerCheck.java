package dev.berth.api;

import dev.berth.api.ApiConfig.Auth;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the start of a Berth whose API could not check a token in full. */
@ApplicationScoped
class IssuerCheck {

  private static final String MESSAGE =
      """
      The API of Berth checks bearer tokens (berth.api.auth=oidc), but it does not know whose. Set \
      quarkus.oidc.auth-server-url (environment: QUARKUS_OIDC_AUTH_SERVER_URL) to the address of the issuer, and \
      quarkus.oidc.token.audience (QUARKUS_OIDC_TOKEN_AUDIENCE) to the audience its tokens for Berth carry; neither \
      the audience nor quarkus.oidc.token.issuer may be 'any'. Or set berth.api.auth=none (BERTH_API_AUTH) to let \
      everybody read and act who reaches the port.\
      """;

  private final ApiConfig config;
  private final Optional<String> server;
  private final Optional<List<String>> audience;
  private final Optional<String> issuer;

  IssuerCheck(
      ApiConfig config,
      @ConfigProperty(name = "quarkus.oidc.auth-server-url") Optional<String> server,
      @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience,
      @ConfigProperty(name = "quarkus.oidc.token.issuer") Optional<String> issuer) {
    this.config = config;
    this.server = server;
    this.audience = audience;
    this.issuer = issuer;
  }

  void onStart(@Observes @Priority(1) StartupEvent start) {
    if (config.auth() == Auth.OIDC && !isComplete()) {
      throw new ConfigurationException(MESSAGE);
    }
  }

  private boolean isComplete() {
    return server.isPresent()
        && audience.filter(a -> !a.contains("any")).isPresent()
        && issuer.filter("any"::equals).isEmpty();
  }
}
