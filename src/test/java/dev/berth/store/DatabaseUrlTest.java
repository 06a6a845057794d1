package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  @Test
  void theThreeSettingsComeFromTheUrl() {
    SmallRyeConfig config = config("postgresql://berth:secret@127.0.0.1:5433/berth", Map.of());
    assertThat(value(config, "jdbc.url")).isEqualTo("jdbc:postgresql://127.0.0.1:5433/berth");
    assertThat(value(config, "username")).isEqualTo("berth");
    assertThat(value(config, "password")).isEqualTo("secret");
  }

  @Test
  void percentEncodedPasswordsAreDecodedAndNeverExpanded() {
    SmallRyeConfig config =
        config(
            "postgres://b%40rth:p%40ss%3Aw+rd%2F%24%7Bx%7D%5C$1@db_1/b?sslmode=require", Map.of());
    assertThat(value(config, "jdbc.url")).isEqualTo("jdbc:postgresql://db_1/b?sslmode=require");
    assertThat(value(config, "username")).isEqualTo("b@rth");
    assertThat(value(config, "password")).isEqualTo("p@ss:w+rd/${x}\\$1");
  }

  @Test
  void explicitSettingsWinOverTheUrlAndTheUrlOverThoseOfTheJar() {
    String url = "quarkus.datasource.jdbc.url";
    String given = "postgresql://u:p@h/d";
    assertThat(value(config(given, Map.of(url, "jar"), 250), "jdbc.url"))
        .isEqualTo("jdbc:postgresql://h/d");
    assertThat(value(config(given, Map.of(url, "file"), 260), "jdbc.url")).isEqualTo("file");
    assertThat(value(config(given, Map.of(url, "env"), 300), "jdbc.url")).isEqualTo("env");
  }

  @Test
  void withoutAUrlNothingIsSet() {
    assertThat(config("", Map.of()).getOptionalValue("quarkus.datasource.jdbc.url", String.class))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:s3cret@h/d",
        "mysql://u:s3cret@h/d",
        "postgresql://u:s3cret@h",
        "postgresql://u:s3cret@h/",
        "postgresql://u:s3cret^@h/d",
        "s3cret"
      })
  void anotherFormIsRefusedWithoutShowingThePassword(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatabaseUrl.settings(url))
        .withMessageContaining("DATABASE_URL must be postgresql://user:password@host:port/database")
        .satisfies(e -> assertThat(e.toString()).doesNotContain("s3cret"));
  }

  private static String value(SmallRyeConfig config, String name) {
    return config.getConfigValue("quarkus.datasource." + name).getValue();
  }

  private static SmallRyeConfig config(String url, Map<String, String> others) {
    return config(url, others, 100);
  }

  private static SmallRyeConfig config(String url, Map<String, String> others, int ordinal) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(Map.of("DATABASE_URL", url), "env", 300))
        .withSources(new PropertiesConfigSource(others, "others", ordinal))
        .withSources(new DatabaseUrl())
        .build();
  }
}
