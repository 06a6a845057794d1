package dev.berth.store.pools;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.NodePool.Progress;
import dev.berth.nodepool.NodePool.Size;
import dev.berth.nodepool.PoolConditions;
import dev.berth.nodepool.PoolIntent;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.store.Json;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code node_pool} without the columns of the work queue, which only SQL writes. */
@Entity
@DynamicUpdate
@Table(name = "node_pool")
@SuppressWarnings("NullAway.Init")
class NodePoolEntity extends PanacheEntityBase {

  private static final String AS_JSON = "CAST(? AS json)";

  @Id String name;
  String vmSize;
  int minNodes;
  int maxNodes;
  String phase;

  @ColumnTransformer(write = AS_JSON)
  String conditions;

  @ColumnTransformer(write = AS_JSON)
  String size;

  @ColumnTransformer(write = AS_JSON)
  @Nullable String intent;

  long announced;
  int attempt;
  @Nullable Instant retryAt;

  @Column(insertable = false, updatable = false)
  long epoch;

  void take(NodePool pool) {
    Progress progress = pool.progress();
    name = pool.name().value();
    vmSize = pool.terms().vmSize();
    minNodes = pool.terms().min();
    maxNodes = pool.terms().max();
    phase = pool.phase().name();
    conditions = Json.write(progress.conditions());
    size = Json.write(progress.size());
    intent = pool.intent() == null ? null : Json.write(pool.intent());
    announced = progress.announced();
    attempt = progress.attempt();
    retryAt = progress.retryAt();
  }

  NodePool pool() {
    return new NodePool(
        new PoolTerms(vmSize, minNodes, maxNodes),
        new Progress(
            known(conditions, PoolConditions.class, PoolConditions.NONE),
            known(size, Size.class, Size.NONE),
            announced,
            attempt,
            retryAt),
        intent == null ? null : Json.read(intent, PoolIntent.class));
  }

  /** What a newer version wrote, and every look finds out anew, holds up no pool. */
  private static <T> T known(String json, Class<T> type, T otherwise) {
    try {
      return Json.read(json, type);
    } catch (UncheckedIOException e) {
      return otherwise;
    }
  }
}
