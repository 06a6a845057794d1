package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.ApiConfig.Auth;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IssuerCheckTest {

  private static final Optional<String> SERVER = Optional.of("https://issuer.test");
  private static final Optional<List<String>> AUDIENCE = Optional.of(List.of("berth"));

  @Test
  void aCompleteIssuerStarts() {
    assertThatCode(start(Auth.OIDC, SERVER, AUDIENCE, Optional.empty())::run)
        .doesNotThrowAnyException();
  }

  @Test
  void anOpenApiNeedsNoIssuer() {
    assertThatCode(start(Auth.NONE, Optional.empty(), Optional.empty(), Optional.empty())::run)
        .doesNotThrowAnyException();
  }

  @Test
  void whatWouldLeaveATokenUncheckedDoesNotStart() {
    assertRefused(start(Auth.OIDC, Optional.empty(), AUDIENCE, Optional.empty()));
    assertRefused(start(Auth.OIDC, SERVER, Optional.empty(), Optional.empty()));
    assertRefused(start(Auth.OIDC, SERVER, Optional.of(List.of("any")), Optional.empty()));
    assertRefused(start(Auth.OIDC, SERVER, AUDIENCE, Optional.of("any")));
  }

  private static void assertRefused(Runnable start) {
    assertThatThrownBy(start::run)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll(
            "quarkus.oidc.auth-server-url", "quarkus.oidc.token.audience", "berth.api.auth=none");
  }

  private static Runnable start(
      Auth auth,
      Optional<String> server,
      Optional<List<String>> audience,
      Optional<String> issuer) {
    ApiConfig config =
        new ApiConfig() {
          @Override
          public Auth auth() {
            return auth;
          }

          @Override
          public String viewerRole() {
            return "berth-viewer";
          }

          @Override
          public String operatorRole() {
            return "berth-operator";
          }

          @Override
          public String adminRole() {
            return "berth-admin";
          }
        };
    return () -> new IssuerCheck(config, server, audience, issuer).onStart(new StartupEvent());
  }
}
