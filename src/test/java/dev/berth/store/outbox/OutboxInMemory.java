package dev.berth.store.outbox;

import java.util.ArrayList;
import java.util.List;

/** Messages as they were added. */
public final class OutboxInMemory extends Outbox {

  private final List<Message> messages = new ArrayList<>();

  public OutboxInMemory() {
    super(null);
  }

  @Override
  public void add(Message message) {
    messages.add(message);
  }

  public List<Message> on(String topic) {
    return messages.stream().filter(message -> message.place().topic().equals(topic)).toList();
  }
}
