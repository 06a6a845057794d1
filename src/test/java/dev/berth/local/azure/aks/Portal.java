package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.aks.Operation.Subject;
import dev.berth.local.azure.rule.PoolDefaults;
import dev.berth.local.azure.wire.Course;
import dev.berth.local.azure.wire.Course.Fault;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What others do to the cluster past the client under test: people, the autoscaler, AKS itself. It
 * is done at once, and no rule is asked.
 */
public final class Portal {
  private final Subscription subscription;
  private final Cluster cluster;
  private PoolListener listener = PoolListener.none();

  Portal(Subscription subscription, Cluster cluster) {
    this.subscription = subscription;
    this.cluster = cluster;
  }

  void tell(PoolListener whom) {
    listener = whom;
    cluster.pools().values().forEach(pool -> listener.ready(change(pool).ready()));
  }

  /** With whatever properties, such as a runtime that the API takes no more. */
  public void creates(String name, Consumer<ObjectNode> properties) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.put("vmSize", "Standard_D4s_v5").put("count", 1);
    properties.accept(wanted);
    ObjectNode completed = PoolDefaults.completed(MissingNode.getInstance(), wanted);
    exclusively(() -> {
      Pool pool = new Pool(cluster.id(), name, completed).becomes(completed, Course.SUCCEEDED);
      cluster.pools().put(name, pool);
      listener.ready(change(pool).ready());
      return pool;
    });
  }

  public void deletes(String name) {
    exclusively(() -> {
      listener.gone(name);
      return cluster.pools().remove(name);
    });
  }

  /** Or the autoscaler does. */
  public void scales(String name, int nodes) {
    changes(name, properties -> properties.put("count", nodes));
  }

  public void changes(String name, Consumer<ObjectNode> change) {
    exclusively(() -> {
      Pool pool = cluster.pool(name).orElseThrow();
      change.accept(pool.properties());
      pool.becomes(pool.properties(), pool.text("provisioningState"));
      listener.ready(change(pool).ready());
      return pool;
    });
  }

  /** A pool that broke after it had been fine. */
  public void breaks(String name, String code, String message) {
    exclusively(() -> {
      cluster.pool(name).orElseThrow().ends(Course.FAILED, Fault.of(code, message));
      return name;
    });
  }

  public void changesCluster(Consumer<ObjectNode> change) {
    exclusively(() -> {
      change.accept(cluster.properties());
      return cluster;
    });
  }

  /** AKS works on the cluster for a reason of its own, and refuses every write meanwhile. */
  public void isBusyFor(Duration time) {
    exclusively(() -> {
      Operation background =
          new Operation(
              new Subject("", "PutExtensionAddonHandler.PUT"),
              Course.of(time),
              subscription.clock().instant(),
              (how, fault) -> {});
      cluster.begins(background);
      return subscription.operations().start(background);
    });
  }

  /** What AKS works on ends now, as it would have later. */
  public void endsWhatRuns() {
    exclusively(() -> {
      subscription.operations().areOver();
      return cluster;
    });
  }

  /** Regional quota. */
  public void allowsVcpus(int number) {
    subscription.quota().allow(number);
  }

  /** Quota of a family such as {@code standardDSv5Family}. */
  public void allowsVcpus(String family, int number) {
    subscription.quota().allow(family, number);
  }

  public List<String> pools() {
    return exclusively(() -> List.copyOf(cluster.pools().keySet()));
  }

  /** A copy of what a GET would show as properties. */
  public ObjectNode pool(String name) {
    return exclusively(() -> cluster.pool(name).orElseThrow().properties().deepCopy());
  }

  private PoolChange change(Pool pool) {
    return new PoolChange(cluster, pool, subscription.sizes(), listener);
  }

  private <T> T exclusively(Supplier<T> action) {
    synchronized (subscription) {
      subscription.operations().settle();
      return action.get();
    }
  }
}
