package dev.berth.messaging;

import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Why the broker cannot be used, in the words of who must mend it. Pure. */
final class BrokerFault {

  private final String servers;
  private final String transactionalId;

  /**
   * @param connection the Kafka client's connection settings
   */
  BrokerFault(Map<String, Object> connection, String transactionalId) {
    this.servers =
        String.valueOf(
            connection.getOrDefault(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"));
    this.transactionalId = transactionalId;
  }

  /** What is wrong, where, and what to do. */
  String of(Throwable failure) {
    SendFault fault = SendFault.of(failure);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String what = what(cause);
      if (!what.isEmpty()) {
        return what + ": " + fault;
      }
    }
    return failure instanceof KafkaException && !(failure instanceof ApiException)
        ? "the settings kafka.* cannot be used: " + fault
        : fault.toString();
  }

  private String what(Throwable cause) {
    return switch (cause) {
      case SslAuthenticationException e ->
          "there is no secure connection to Kafka at %s, check its certificate and kafka.ssl.truststore.*"
              .formatted(servers);
      case AuthenticationException e ->
          "Kafka at %s refuses the credentials of Berth, check kafka.sasl.*".formatted(servers);
      case TransactionalIdAuthorizationException e ->
          "Berth's Kafka user may not use the transactional id %s, give it Write and Describe on it"
              .formatted(transactionalId);
      case AuthorizationException e ->
          "Berth's Kafka user lacks a right at %s, compare docs/operate.md".formatted(servers);
      case UnsupportedVersionException e ->
          "Kafka at %s lacks what Berth asks for; without transactions set berth.relay.transactions=off"
              .formatted(servers);
      case RetriableException e -> silent();
      default -> "";
    };
  }

  private String silent() {
    return "no Kafka answers at %s, check that it runs, kafka.bootstrap.servers, kafka.security.protocol and network policies"
        .formatted(servers);
  }
}
