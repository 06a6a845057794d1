package dev.berth.api;

import dev.berth.event.outgoing.TimelineStep;
import dev.berth.store.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The latest steps on a topic, newest first. */
@ApplicationScoped
public class Timeline {

  private static final int LENGTH = 20;

  private final Outbox outbox;

  Timeline(Outbox outbox) {
    this.outbox = outbox;
  }

  /**
   * Nothing = nothing was announced, or not on this topic.
   *
   * @param aggregate whose steps, such as a tenant's id
   */
  public List<TimelineStep> of(String topic, String aggregate) {
    return outbox.latest(topic, aggregate, LENGTH).stream().map(Timeline::step).toList();
  }

  private static TimelineStep step(Outbox.Message message) {
    Outbox.Content content = message.content();
    return TimelineStep.of(
        message.place().sequence(), message.type(), content.headers(), content.payload());
  }
}
