package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
  void thisMachineIsCalledByItsNames(String authority) {
    assertThat(BrowserRules.refusal(null, authority, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example:8080",
        "127.0.0.1.evil.example",
        "",
        "::1"
      })
  void anotherNameOfThisMachineIsRefused(String authority) {
    assertThat(BrowserRules.refusal(null, authority, true)).isPresent();
  }

  @Test
  void atAnAddressThatOthersReachAnyNameMayBeItsOwn() {
    assertThat(BrowserRules.refusal(null, "berth.berth-system.svc:8080", false)).isEmpty();
  }

  @Test
  void aCallThatDoesNotSayWhomItIsForIsNoBrowsers() {
    assertThat(BrowserRules.refusal(null, null, true)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080,      localhost:8080,     true",
    "https://berth.example,      berth.example,      true",
    "http://localhost:8081,      localhost:8080,     false",
    "https://evil.example,       berth.example,      false",
    "null,                       localhost:8080,     false",
    "http://localhost:8080.evil, localhost:8080,     false",
    "::,                         localhost:8080,     false"
  })
  void onlyAPageOfThisOriginMayCall(String origin, String authority, boolean may) {
    assertThat(BrowserRules.refusal(origin, authority, false).isEmpty()).isEqualTo(may);
  }
}
