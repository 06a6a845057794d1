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
    topic = message.topic();
    aggregateid = message.aggregate();
    aggSeq = message.sequence();
    type = message.type();
    key = message.key();
    headers = Json.write(message.headers());
    payload = message.payload();
  }

  Outbox.Message message() {
    return new Outbox.Message(
        id, topic, aggregateid, aggSeq, type, key, Json.readMap(headers), payload);
  }
}
