package dev.berth.store.actions;

import dev.berth.store.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code action}, to read; only SQL writes it. */
@Entity
@Immutable
@Table(name = "action")
@SuppressWarnings("NullAway.Init")
class ActionEntity extends PanacheEntityBase {

  @Id UUID id;
  long number;
  String kind;
  @Nullable String tenantId;
  @Nullable UUID record;
  String who;
  String why;
  Instant at;
  String state;
  String message;

  @ColumnTransformer(read = "CAST(before AS text)")
  @Nullable String before;

  @ColumnTransformer(read = "CAST(after AS text)")
  @Nullable String after;

  @Nullable Instant doneAt;
  @Nullable String idempotencyKey;
  @Nullable String bodySha256;

  Action action() {
    return new Action(
        id,
        ActionKind.of(kind),
        new Action.About(tenantId, record),
        new Action.Author(who, why, at),
        new Action.Result(
            Action.State.valueOf(state),
            message,
            before == null ? null : Json.tree(before),
            after == null ? null : Json.tree(after),
            doneAt));
  }
}
