package dev.berth.kubernetes.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Under another name than the policies know, Berth does not start. */
class KnownAccountTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"system:serviceaccount:tenants:berth", "system:serviceaccount:berth-system:prod"})
  void anotherAccountIsTold(String subject) {
    assertThatThrownBy(() -> KnownAccount.check(with(token(subject))))
        .hasMessageContaining("does not start as " + subject)
        .hasMessageContaining("system:serviceaccount:berth-system:berth only");
  }

  @Test
  void itsOwnIsTakenAlsoFromAFileThatIsRenewed() {
    String token = token("system:serviceaccount:berth-system:berth");
    Config renewed = with("");
    renewed.setOauthTokenProvider(() -> token);

    assertThatCode(() -> KnownAccount.check(with(token))).doesNotThrowAnyException();
    assertThatCode(() -> KnownAccount.check(renewed)).doesNotThrowAnyException();
  }

  @Test
  void aFileWithAnotherAccountIsToldToo() {
    String token = token("system:serviceaccount:tenants:berth");
    Config renewed = with("");
    renewed.setOauthTokenProvider(() -> token);

    assertThatThrownBy(() -> KnownAccount.check(renewed)).hasMessageContaining("tenants:berth");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdef", "a.b.c", "a.%%.c"})
  void whatIsNoTokenOfAnAccountIsLeftToTheApiServer(String token) {
    assertThatCode(() -> KnownAccount.check(with(token))).doesNotThrowAnyException();
  }

  private static Config with(String token) {
    return new ConfigBuilder(Config.empty()).withOauthToken(token).build();
  }

  private static String token(String subject) {
    String payload = "{\"sub\": \"%s\"}".formatted(subject);
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8))
        + ".x";
  }
}
