package dev.berth.store.outbox;

import dev.berth.store.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "outbox")
@SuppressWarnings("NullAway.Init")
class OutboxEntity extends PanacheEntityBase {

  @Id UUID id;
  String topic;
  String aggregateid;
  long aggSeq;
  String type;
  String key;
  String headers;
  byte[] payload;

  OutboxEntity() {}

  OutboxEntity(Outbox.Message message) {
    id = message.id();
    topic = message.place().topic();
    aggregateid = message.place().aggregate();
    aggSeq = message.place().sequence();
    type = message.type();
    key = message.content().key();
    headers = Json.write(message.content().headers());
    payload = message.content().payload();
  }

  Outbox.Message message() {
    return new Outbox.Message(
        id,
        type,
        new Outbox.Place(topic, aggregateid, aggSeq),
        new Outbox.Content(key, Json.readMap(headers), payload));
  }
}
