package dev.berth.kubernetes.account;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The policies know Berth as one ServiceAccount: another one they would refuse in tenants'
 * namespaces, and not hold back elsewhere. So Berth does not start as another one.
 */
public final class KnownAccount {

  private static final String ACCOUNTS = "system:serviceaccount:";
  private static final String BERTH = ACCOUNTS + "berth-system:berth";

  private KnownAccount() {}

  public static void check(Config config) {
    subject(config)
        .filter(subject -> subject.startsWith(ACCOUNTS) && !subject.equals(BERTH))
        .ifPresent(subject -> {
          throw new ConfigurationException(
              "Berth does not start as %s: the policies of k8s/ know it as %s only. Install it in namespace berth-system, with the ServiceAccount of k8s/base"
                  .formatted(subject, BERTH));
        });
  }

  /** As the token says it; empty for credentials of another kind, which are an administrator's. */
  private static Optional<String> subject(Config config) {
    return Stream.of(
            Optional.ofNullable(config.getOauthTokenProvider()).map(it -> it.getToken()),
            Optional.ofNullable(config.getOauthToken()),
            Optional.ofNullable(config.getAutoOAuthToken()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(token -> token.split("\\."))
        .filter(parts -> parts.length == 3)
        .flatMap(parts -> claim(parts[1]));
  }

  private static Optional<String> claim(String payload) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(payload);
      return Optional.ofNullable(new ObjectMapper().readTree(json).path("sub").asText(null));
    } catch (IOException | IllegalArgumentException notReadable) {
      return Optional.empty(); // the API server will say what it thinks of it
    }
  }
}
