package dev.berth.messaging;

import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.outbox.RelayLock;
import dev.berth.store.outbox.RelaySession;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * TX4: publishes the outbox. One replica at a time holds the relay session; it repeats what it sent
 * but could not mark, with the same bytes.
 */
@ApplicationScoped
class StatusRelay {

  private final RelayLock lock;
  private final RelayIdentity identity;
  private final Outbox outbox;
  private final RelayState state;
  private final Lifetime lifetime;
  private final MessagingConfig config;
  private final Clock clock;

  StatusRelay(
      RelayLock lock,
      RelayIdentity identity,
      Outbox outbox,
      RelayState state,
      Lifetime lifetime,
      MessagingConfig config,
      Clock clock) {
    this.lock = lock;
    this.identity = identity;
    this.outbox = outbox;
    this.state = state;
    this.lifetime = lifetime;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event) {
    Backoff pauses = new Backoff(config.retry(), config.retry());
    Loop.start(lifetime, "berth-relay", "status events wait", pauses, this::round);
  }

  private void round() throws ExecutionException, InterruptedException {
    lifetime.awaitServing();
    if (!state.awaitTopics()) {
      return;
    }
    try {
      relay();
    } catch (ExecutionException | RuntimeException e) {
      state.interrupted(e, identity.explain(e));
      throw e;
    }
    lifetime.pause(config.retry());
  }

  /** Returns if another replica is the relay, or at the end of the application. */
  private void relay() throws ExecutionException, InterruptedException {
    Optional<RelaySession> acquired = lock.tryAcquire(identity.cluster());
    if (acquired.isEmpty()) {
      state.standsBy();
      return;
    }
    try (RelaySession session = acquired.get();
        Publisher publisher = identity.publisher()) {
      state.publishes(identity.name());
      Delivery delivery = new Delivery(session, publisher, state, config, clock);
      while (!lifetime.isOver()) {
        if (!delivery.round()) {
          outbox.awaitPending(config.poll());
          session.ping();
        }
      }
    }
  }
}
