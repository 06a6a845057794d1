package dev.berth.store;

import dev.berth.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The events that are to be published, in the order of each aggregate. */
@ApplicationScoped
public class Outbox {

  /** An event with its final bytes. @param sequence gapless within topic and aggregate */
  public record Message(
      UUID id,
      String topic,
      String aggregate,
      long sequence,
      String type,
      String key,
      Map<String, String> headers,
      byte[] payload) {}

  /** Adds the event to the caller's transaction. */
  public void add(Message message) {
    throw new UnsupportedOperationException();
  }

  /** The tenant's latest messages on the topic, newest first. */
  public List<Message> latest(String topic, TenantId tenant, int limit) {
    throw new UnsupportedOperationException();
  }
}
