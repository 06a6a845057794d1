package dev.berth.messaging;

import dev.berth.provisioning.Backoff;
import dev.berth.provisioning.Lifetime;
import dev.berth.provisioning.Loop;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.Outbox;
import dev.berth.store.RelayLock;
import dev.berth.store.RelaySession;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * TX4: publishes the outbox. One replica at a time holds the relay session; it repeats what it sent
 * but could not mark, with the same bytes.
 */
@ApplicationScoped
class StatusRelay {

  private static final Logger LOG = Logger.getLogger(StatusRelay.class);

  private final RelayLock lock;
  private final Outbox outbox;
  private final Topics topics;
  private final Lifetime lifetime;
  private final MessagingConfig config;
  private final Map<String, Object> connection;
  private final String cluster;
  private final String transactionalId;

  StatusRelay(
      RelayLock lock,
      Outbox outbox,
      Topics topics,
      Lifetime lifetime,
      MessagingConfig config,
      ProvisioningConfig provisioning,
      @Identifier("default-kafka-broker") Map<String, Object> connection) {
    this.lock = lock;
    this.outbox = outbox;
    this.topics = topics;
    this.lifetime = lifetime;
    this.config = config;
    this.connection = new HashMap<>(connection);
    this.cluster = provisioning.cluster();
    this.transactionalId = "berth-relay-" + cluster;
  }

  void start(@Observes StartupEvent event) {
    Backoff pauses = new Backoff(config.retry(), config.retry());
    Loop.start(lifetime, "berth-relay", "status events wait", pauses, this::round);
  }

  private void round() throws ExecutionException, InterruptedException {
    topics.await();
    relay();
    lifetime.endsWithin(config.retry());
  }

  /** Returns if another replica is the relay, or at the end of the application. */
  private void relay() throws ExecutionException, InterruptedException {
    Optional<RelaySession> acquired = lock.tryAcquire(cluster);
    if (acquired.isEmpty()) {
      return;
    }
    try (RelaySession session = acquired.get();
        Publisher publisher = Publisher.open(connection, transactionalId)) {
      LOG.infof("this replica publishes the status events as %s", transactionalId);
      while (!lifetime.isOver()) {
        List<Outbox.Message> pending = session.pending(config.batch());
        if (pending.isEmpty()) {
          outbox.awaitPending(config.poll());
          session.ping();
        } else {
          publisher.publish(pending);
          session.published(pending.stream().map(Outbox.Message::id).toList());
        }
      }
    }
  }
}
