package dev.berth.store;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Takes {@code DATABASE_URL=postgresql://user:password@host:port/database} for the settings of the
 * data source, unless the environment or a file beside the jar gives these.
 */
public final class DatabaseUrl implements ConfigSourceFactory {

  private static final String NAME = "DATABASE_URL";
  private static final String DATA_SOURCE = "quarkus.datasource.";
  private static final Set<String> SCHEMES = Set.of("postgresql", "postgres");

  /** Above the application.properties in the jar, below everything that an operator can set. */
  private static final int ORDINAL = 255;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    ConfigValue url = context.getValue(NAME);
    if (url == null || url.getValue() == null || url.getValue().isBlank()) {
      return List.of();
    }
    return List.of(new PropertiesConfigSource(settings(url.getValue().strip()), NAME, ORDINAL));
  }

  static Map<String, String> settings(String url) {
    URI uri = parse(url);
    String authority = uri.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    Map<String, String> settings = new HashMap<>();
    settings.put(
        DATA_SOURCE + "jdbc.url",
        "jdbc:postgresql://" + authority.substring(at + 1) + uri.getRawPath() + query);
    if (at >= 0) {
      String[] user = authority.substring(0, at).split(":", 2);
      settings.put(DATA_SOURCE + "username", literal(user[0]));
      if (user.length == 2) {
        settings.put(DATA_SOURCE + "password", literal(user[1]));
      }
    }
    return settings;
  }

  private static URI parse(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getScheme() != null
          && SCHEMES.contains(uri.getScheme())
          && uri.getRawAuthority() != null
          && uri.getRawPath().length() > 1) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Its message would show the password.
    }
    throw new IllegalArgumentException(
        NAME
            + " must be postgresql://user:password@host:port/database, with special characters of user and password"
            + " percent-encoded; its value is not shown here, because it may hold a password");
  }

  /** Decoded, and safe from being taken for an expression of the configuration. */
  private static String literal(String encoded) {
    String decoded = URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    return decoded.replace("$", "\\$");
  }
}
