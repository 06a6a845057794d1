package dev.berth.journey.stage;

import dev.berth.kubernetes.facts.ClusterWatch;
import dev.berth.plan.SandboxClass;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * What the nodes for sandboxes have beyond what tenants take: on one of them, the others have none.
 */
public final class NodeRoom {

  private final ClusterWatch berth = CDI.current().select(ClusterWatch.class).get();

  /** Returns when Berth knows it. */
  public void limitTo(long free) {
    limit(Stage.DATABASE.memoryTaken() + free);
  }

  /**
   * The same once all tenants were looked at with such nodes: those of other stories may give room
   * back.
   */
  public void limitToOnceAllAreSettled(long free) {
    Stage.eventually(Duration.ofMinutes(6))
        .until(() -> {
          List<String> before = Stage.DATABASE.outlooks();
          long all = Stage.DATABASE.memoryTaken() + free;
          limit(all);
          Stage.eventually().until(() -> allAreLookedAtSince(before));
          return Stage.DATABASE.memoryTaken() + free == all;
        });
  }

  private static boolean allAreLookedAtSince(List<String> before) {
    return Collections.disjoint(Stage.DATABASE.outlooks(), before) && Stage.DATABASE.isAtRest();
  }

  private void limit(long bytes) {
    Stage.CLUSTER.limitsMemory(bytes);
    Stage.eventually().until(() -> largest() == bytes);
  }

  private long largest() {
    return berth.get().classes().stream().limit(1).mapToLong(SandboxClass::largestMemory).sum();
  }
}
