package dev.berth.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.messaging.SendFault.Culprit;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** G3: what is at fault decides what waits. */
class SendFaultTest {

  static Stream<Exception> ofTheMessage() {
    return Stream.of(
        new RecordTooLargeException("1290000 bytes"),
        new InvalidTimestampException("no key"),
        new SerializationException("no bytes"));
  }

  static Stream<Exception> ofTheTopic() {
    return Stream.of(
        new UnknownTopicOrPartitionException("gone"),
        new InvalidTopicException(Set.of("a b")),
        new TopicAuthorizationException(Set.of("tenant.state")));
  }

  static Stream<Exception> passing() {
    return Stream.of(
        new TimeoutException("no answer"),
        new NotEnoughReplicasException("one of two"),
        new ProducerFencedException("another relay"),
        new InvalidProducerEpochException("another relay"),
        new TransactionAbortedException(),
        new TransactionalIdAuthorizationException("berth-relay-local"),
        new SaslAuthenticationException("wrong password"),
        new IllegalStateException("closed"));
  }

  @ParameterizedTest
  @MethodSource("ofTheMessage")
  void aMessageThatWillFailAgainIsAtFaultItself(Exception cause) {
    assertThat(SendFault.of(cause).kind()).isEqualTo(Culprit.MESSAGE);
  }

  @ParameterizedTest
  @MethodSource("ofTheTopic")
  void aTopicThatTakesNothingIsAtFaultForAllOfItsMessages(Exception cause) {
    assertThat(SendFault.of(cause).kind()).isEqualTo(Culprit.TOPIC);
  }

  @ParameterizedTest
  @MethodSource("passing")
  void anOutageOrAnotherRelayIsNoFaultOfAMessage(Exception cause) {
    assertThat(SendFault.of(cause).kind()).isEqualTo(Culprit.PASSING);
  }

  @Test
  void theFirstCauseIsWhatIsTold() {
    Exception first = new RecordTooLargeException("1290000 bytes");
    SendFault fault =
        SendFault.of(
            new ExecutionException(new KafkaException("in an error state because of", first)));
    assertThat(fault.cause()).isSameAs(first);
    assertThat(fault).hasToString("RecordTooLargeException: 1290000 bytes");
  }

  @Test
  void aTopicThatIsMissingMayLookLikeATimeout() {
    Exception timeout = new TimeoutException("not present in metadata after 5000 ms.");
    timeout.initCause(new UnknownTopicOrPartitionException("gone"));
    assertThat(SendFault.of(timeout).kind()).isEqualTo(Culprit.TOPIC);
  }
}
