package dev.berth.kubernetes.server;

import dev.berth.kubernetes.account.KnownAccount;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which cluster Berth works on, and as whom: {@code BERTH_KUBECONFIG} before {@code KUBECONFIG}
 * before the ServiceAccount of its own pod. A token that is renewed in its file is noticed without
 * a restart.
 */
@Singleton
class ClusterAccess {

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;
  private static final int REPEATS = 2;

  @Produces
  @Singleton
  static Config config(KubernetesConfig settings) {
    Config config =
        settings
            .kubeconfig()
            .map(ClusterAccess::fromFile)
            .orElseGet(() -> Config.autoConfigure(null));
    config.setUserAgent("berth");
    config.setRequestTimeout(REQUEST_TIMEOUT_MILLIS);
    config.setRequestRetryBackoffLimit(REPEATS);
    KnownAccount.check(config);
    return config;
  }

  private static Config fromFile(Path kubeconfig) {
    try (InputStream yaml = Files.newInputStream(kubeconfig)) {
      Config config = Config.fromKubeconfig(kubeconfig.toFile());
      tokenFile(yaml, config.getCurrentContext())
          .map(file -> new TokenFile(kubeconfig.resolveSibling(file)))
          .ifPresent(config::setOauthTokenProvider);
      return config;
    } catch (IOException e) {
      throw new IllegalStateException(
          "BERTH_KUBECONFIG names " + kubeconfig + ", which cannot be read: " + e, e);
    }
  }

  /** The client knows tokens inside a kubeconfig, but not in a file next to it. */
  private static Optional<String> tokenFile(InputStream yaml, NamedContext context) {
    var content = Serialization.unmarshal(yaml, io.fabric8.kubernetes.api.model.Config.class);
    return content.getUsers().stream()
        .filter(user -> user.getName().equals(context.getContext().getUser()))
        .map(user -> user.getUser().getTokenFile())
        .filter(file -> file != null && !file.isEmpty())
        .findFirst();
  }
}
