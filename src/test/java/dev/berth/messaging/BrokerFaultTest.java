package dev.berth.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;

/** Each fault says what is wrong, where, and what to do. */
class BrokerFaultTest {

  private final BrokerFault broker =
      new BrokerFault(Map.of("bootstrap.servers", "kafka.example.com:9093"), "berth-relay-local");

  @Test
  void everyFaultNamesThePlaceAndTheRemedy() {
    assertThat(broker.of(new ExecutionException(new TimeoutException("late"))))
        .contains("no Kafka answers at kafka.example.com:9093", "kafka.bootstrap.servers", "late");
    assertThat(broker.of(new SslAuthenticationException("SSL handshake failed")))
        .contains("kafka.example.com:9093", "kafka.ssl.truststore", "SSL handshake failed");
    assertThat(broker.of(new SaslAuthenticationException("no"))).contains("kafka.sasl");
    assertThat(broker.of(new TransactionalIdAuthorizationException("denied")))
        .contains("transactional id berth-relay-local", "Write and Describe");
    assertThat(broker.of(new UnsupportedVersionException("none")))
        .contains("berth.relay.transactions=off");
    assertThat(broker.of(new KafkaException("Failed to load", new KafkaException("no such file"))))
        .contains("settings kafka.*", "no such file");
  }

  @Test
  void whatIsNotOfTheBrokerStaysAsItIs() {
    assertThat(broker.of(new IllegalStateException("else")))
        .isEqualTo("IllegalStateException: else");
  }
}
