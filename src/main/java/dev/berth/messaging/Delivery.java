package dev.berth.messaging;

import dev.berth.store.outbox.Outbox;
import dev.berth.store.outbox.RelaySession;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Publishes what waits in the outbox, the oldest first. What cannot be sent is set aside with what
 * comes after it of its topic and aggregate, and tried again from time to time; everything else
 * goes on.
 */
final class Delivery {

  private static final int RETRIES = 100;

  private final RelaySession session;
  private final Publisher publisher;
  private final RelayState state;
  private final MessagingConfig config;
  private final Clock clock;
  private Instant nextRetry = Instant.MIN;

  Delivery(
      RelaySession session,
      Publisher publisher,
      RelayState state,
      MessagingConfig config,
      Clock clock) {
    this.session = session;
    this.publisher = publisher;
    this.state = state;
    this.config = config;
    this.clock = clock;
  }

  /** Publishes once; false = nothing waits that could be sent now. */
  boolean round() throws ExecutionException, InterruptedException {
    if (!clock.instant().isBefore(nextRetry)) {
      retry();
      nextRetry = clock.instant().plus(config.setAsideRetry());
    }
    List<Outbox.Message> pending = session.pending(config.batch(), state.held());
    if (pending.isEmpty()) {
      return false;
    }
    if (publisher.publish(pending).isEmpty()) {
      session.published(pending.stream().map(Outbox.Message::id).toList());
      state.published(pending);
    } else {
      oneByOne(pending);
    }
    return true;
  }

  /** Finds out which of them is at fault. */
  private void oneByOne(List<Outbox.Message> messages)
      throws ExecutionException, InterruptedException {
    Set<List<String>> behind = new HashSet<>();
    for (Outbox.Message message : messages) {
      List<String> line = List.of(message.place().topic(), message.place().aggregate());
      if (behind.contains(line) || state.held().contains(message.place().topic())) {
        continue;
      }
      Optional<SendFault> fault = publisher.publish(List.of(message));
      if (fault.isEmpty()) {
        session.published(List.of(message.id()));
        state.published(List.of(message));
      } else {
        behind.add(line);
        setAside(message, fault.get());
      }
    }
  }

  private void retry() throws ExecutionException, InterruptedException {
    state.tryAgain();
    List<Outbox.Message> heads = session.setAsideFor(config.setAsideRetry(), RETRIES, state.held());
    for (Outbox.Message message : heads) {
      if (state.held().contains(message.place().topic())) {
        continue;
      }
      Optional<SendFault> fault = publisher.publish(List.of(message));
      if (fault.isEmpty()) {
        session.publishedAfterAll(message);
        state.published(List.of(message));
      } else {
        setAside(message, fault.get());
      }
    }
    state.setAside(session.countSetAside());
  }

  /** The topic is remembered first: the session may have ended while the client waited for it. */
  private void setAside(Outbox.Message message, SendFault fault) {
    state.failed(message, fault);
    session.setAside(message, fault.toString());
  }
}
