package dev.berth.messaging;

import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.tracing.Spans;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/**
 * As whom the relay of a cluster publishes: the same on every replica. Without transactions nobody
 * is fenced by the broker, and the lock in the database alone keeps two relays apart.
 */
@ApplicationScoped
class RelayIdentity {

  private final String cluster;
  private final Map<String, Object> connection;
  private final boolean transactions;
  private final Spans spans;

  RelayIdentity(
      ProvisioningConfig provisioning,
      MessagingConfig config,
      @Identifier("default-kafka-broker") Map<String, Object> connection,
      Spans spans) {
    this.cluster = provisioning.cluster();
    this.connection = Map.copyOf(connection);
    this.transactions = config.transactions();
    this.spans = spans;
  }

  String cluster() {
    return cluster;
  }

  /** Also the transactional id, where there are transactions. */
  String name() {
    return "berth-relay-" + cluster;
  }

  /** Fences the previous publisher, where there are transactions. */
  Publisher publisher() {
    return Publisher.open(connection, transactions ? Optional.of(name()) : Optional.empty(), spans);
  }

  /** Why it cannot publish, for who must mend it. */
  String explain(Throwable failure) {
    return new BrokerFault(connection, name()).of(failure);
  }
}
