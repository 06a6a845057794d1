package dev.berth.messaging;

import dev.berth.provisioning.ProvisioningConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/** As whom the relay of a cluster publishes: the same on every replica. */
@ApplicationScoped
class RelayIdentity {

  private final String cluster;
  private final Map<String, Object> connection;

  RelayIdentity(
      ProvisioningConfig provisioning,
      @Identifier("default-kafka-broker") Map<String, Object> connection) {
    this.cluster = provisioning.cluster();
    this.connection = Map.copyOf(connection);
  }

  String cluster() {
    return cluster;
  }

  String transactionalId() {
    return "berth-relay-" + cluster;
  }

  /** Fences whoever published before. */
  Publisher publisher() {
    return Publisher.open(connection, transactionalId());
  }
}
