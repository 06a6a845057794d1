package dev.berth.local.cluster;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a kubeconfig of Berth's ServiceAccount valid, by a new token long before the old one
 * expires.
 */
final class BerthCredentials implements AutoCloseable {
  private static final String NAMESPACE = "berth-system";
  private static final String NAME = "berth";
  private static final Duration VALIDITY = Duration.ofHours(1);
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final Path administrator;
  private final Path file;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("berth-token").factory());
  private Instant issued = Instant.EPOCH;

  private BerthCredentials(Path administrator, Path file) {
    this.administrator = administrator;
    this.file = file;
  }

  static BerthCredentials keptIn(Path file, Path administrator) {
    BerthCredentials credentials = new BerthCredentials(administrator, file);
    credentials.renew();
    credentials.renewal.scheduleWithFixedDelay(
        credentials::renewWhenOld, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
    return credentials;
  }

  @Override
  public void close() {
    renewal.shutdownNow();
  }

  /** By the wall clock and often: a machine that slept has an old token when it wakes. */
  private void renewWhenOld() {
    if (clock.instant().isBefore(issued.plus(VALIDITY.dividedBy(3)))) {
      return;
    }
    try {
      renew();
    } catch (RuntimeException unreachable) {
      // The API server is being restarted: the next look finds it again.
    }
  }

  private void renew() {
    Instant now = clock.instant();
    Config cluster = Config.fromKubeconfig(administrator.toFile());
    try (KubernetesClient client = LocalControlPlane.client(administrator)) {
      String token =
          client
              .serviceAccounts()
              .inNamespace(NAMESPACE)
              .withName(NAME)
              .tokenRequest(request())
              .getStatus()
              .getToken();
      Kubeconfig.write(file, cluster.getMasterUrl(), cluster.getCaCertData(), NAME, token);
      issued = now;
    }
  }

  private static TokenRequest request() {
    return new TokenRequestBuilder()
        .withNewSpec()
        .withExpirationSeconds(VALIDITY.toSeconds())
        .endSpec()
        .build();
  }
}
