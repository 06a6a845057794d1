package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.conformance.Wire.Reply;
import dev.berth.local.azure.wire.Call;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workload identity, and what the Resource Manager says to whoever has no token. */
class IdentityTest {
  private static final String FORM =
      "grant_type=client_credentials&client_id=berth&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"
          + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
          + "&client_assertion=header.claims.signature";

  @RegisterExtension final Stand stand = new Stand();

  @Test
  void aFederatedTokenIsExchangedForOneThatOpens() {
    Reply reply = token(FORM);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/token_type")).isEqualTo("Bearer");
    assertThat(reply.body().path("expires_in").asInt()).isEqualTo(3_600);
    stand.wire().holds(reply.text("/access_token"));
    assertThat(stand.wire().getPool("system").status()).isEqualTo(200);
    assertThat(stand.azure().journal().of(Call.TOKEN).getFirst().body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "client_credentials, password, unsupported_grant_type",
    "%2F.default, %2Fuser, invalid_scope",
    "header.claims.signature, nonsense, invalid_client",
    "client-assertion-type, secret, invalid_client"
  })
  void aTokenIsNotGivenFor(String right, String wrong, String error) {
    assertThat(token(FORM.replace(right, wrong)).text("/error")).isEqualTo(error);
  }

  @Test
  void nobodyComesInWithoutAToken() {
    stand.wire().holds("");

    Reply reply = stand.wire().getPool("system");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate"))
        .startsWith("Bearer authorization_uri=\"https://")
        .contains("error=\"invalid_token\"");
    assertThat(reply.text("/error/code")).isEqualTo("AuthenticationFailed");
  }

  @Test
  void nobodyComesInWithATokenOfSomebodyElse() {
    stand.wire().holds("invented");

    Reply reply = stand.wire().getPool("system");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text("/error/code")).isEqualTo("InvalidAuthenticationToken");
  }

  @Test
  void aTokenExpires() {
    stand.azure().identity().tokensLiveFor(Duration.ofMinutes(5));
    stand.wire().holds(token(FORM).text("/access_token"));
    assertThat(stand.wire().getPool("system").status()).isEqualTo(200);

    stand.clock().goesOn(Duration.ofMinutes(5));

    Reply reply = stand.wire().getPool("system");
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.text("/error/code")).isEqualTo("ExpiredAuthenticationToken");
    assertThat(reply.header("www-authenticate")).contains("invalid_token");
  }

  @Test
  void tokensMayBeRevoked() {
    stand.azure().identity().revokesAll();

    assertThat(stand.wire().getPool("system").status()).isEqualTo(401);
  }

  @Test
  void theIdentityEndpointMayBeUnreachableWhileTheResourceManagerIsNot() {
    stand.azure().identity().goesDown();

    assertThatThrownBy(() -> token(FORM)).isInstanceOf(UncheckedIOException.class);
    assertThat(stand.wire().getPool("system").status()).isEqualTo(200);

    stand.azure().identity().comesBack();
    assertThat(token(FORM).status()).isEqualTo(200);
  }

  private Reply token(String form) {
    String url = "%s/%s/oauth2/v2.0/token".formatted(stand.azure().url(), FakeAzure.TENANT);
    return stand
        .wire()
        .send(
            stand
                .wire()
                .to(url)
                .header("content-type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
  }
}
