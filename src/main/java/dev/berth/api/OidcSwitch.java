package dev.berth.api;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lets people sign in where a client is named, beside the checks of tokens. Turns these off where
 * the API is open, and where no issuer is named: then {@link IssuerCheck} says more than the
 * extension would.
 */
public final class OidcSwitch implements ConfigSourceFactory {

  /** Below application.properties and everything that an operator can set. */
  private static final int ORDINAL = 240;

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    boolean on =
        !"none".equalsIgnoreCase(value(context, "berth.api.auth"))
            && !value(context, "quarkus.oidc.auth-server-url").isEmpty();
    boolean signsIn = !value(context, "quarkus.oidc.client-id").isEmpty();
    var settings =
        Map.of(
            "quarkus.oidc.tenant-enabled",
            Boolean.toString(on),
            "quarkus.oidc.application-type",
            signsIn ? "hybrid" : "service");
    return List.of(new PropertiesConfigSource(settings, "berth.api.auth", ORDINAL));
  }

  private static String value(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return value == null || value.getValue() == null ? "" : value.getValue().strip();
  }
}
