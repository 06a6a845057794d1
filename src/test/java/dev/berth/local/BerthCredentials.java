package dev.berth.local;

import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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

  private final ControlPlaneFiles files;
  private final Clock clock = Clock.systemUTC();
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("berth-token").factory());
  private Instant issued = Instant.EPOCH;

  private BerthCredentials(ControlPlaneFiles files) {
    this.files = files;
  }

  static BerthCredentials keptIn(ControlPlaneFiles files) {
    BerthCredentials credentials = new BerthCredentials(files);
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
    try (KubernetesClient administrator = LocalControlPlane.client(files.kubeconfig())) {
      TokenRequest request =
          new TokenRequestBuilder()
              .withNewSpec()
              .withExpirationSeconds(VALIDITY.toSeconds())
              .endSpec()
              .build();
      Instant now = clock.instant();
      String token =
          administrator
              .serviceAccounts()
              .inNamespace(NAMESPACE)
              .withName(NAME)
              .tokenRequest(request)
              .getStatus()
              .getToken();
      files.writeBerthKubeconfig(token);
      issued = now;
    }
  }
}
