package dev.berth.messaging;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Why a send failed, by its first cause. Pure.
 *
 * @param cause what the client or the broker said first
 */
record SendFault(Culprit kind, Throwable cause) {

  /** What is at fault, and so what has to wait. */
  enum Culprit {
    /** The broker, the session or the network: nothing can be sent now. */
    PASSING,
    /** Nothing can be sent to this topic. */
    TOPIC,
    /** This message will fail again, whenever it is sent. */
    MESSAGE
  }

  static SendFault of(Throwable failure) {
    Throwable cause = first(failure);
    return new SendFault(kind(cause), cause);
  }

  private static Culprit kind(Throwable cause) {
    return switch (cause) {
      case UnknownTopicOrPartitionException e -> Culprit.TOPIC;
      case InvalidTopicException e -> Culprit.TOPIC;
      case TopicAuthorizationException e -> Culprit.TOPIC;
      case SerializationException e -> Culprit.MESSAGE;
      case IllegalArgumentException e -> Culprit.MESSAGE;
      case NullPointerException e -> Culprit.MESSAGE;
      case RetriableException e -> Culprit.PASSING;
      case ApiException e -> isOfTheSession(e) ? Culprit.PASSING : Culprit.MESSAGE;
      default -> Culprit.PASSING;
    };
  }

  private static boolean isOfTheSession(ApiException e) {
    return e instanceof ProducerFencedException
        || e instanceof InvalidProducerEpochException
        || e instanceof OutOfOrderSequenceException
        || e instanceof UnknownProducerIdException
        || e instanceof InvalidPidMappingException
        || e instanceof InvalidTxnStateException
        || e instanceof TransactionAbortedException
        || e instanceof AuthenticationException
        || e instanceof AuthorizationException
        || e instanceof UnsupportedVersionException;
  }

  /** Kafka wraps what happened in what it led to. */
  private static Throwable first(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && (cause instanceof ExecutionException || cause instanceof KafkaException)) {
      cause = cause.getCause();
    }
    return cause;
  }

  @Override
  public String toString() {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
