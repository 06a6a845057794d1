package dev.berth.nodepool.decide;

import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.cloud.CloudFailure;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Machines;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Node pools as Azure shows them. */
final class SeenPools {

  private SeenPools() {}

  static PoolReading own(int count, String state) {
    return pool(
        new Machines(Readings.SIZE, count, null, 250, "10%"), PoolScene.INSTALLATION, state, null);
  }

  static PoolReading failed(int count, String code) {
    Machines machines = new Machines(Readings.SIZE, count, null, 250, "10%");
    return pool(machines, PoolScene.INSTALLATION, "Failed", PoolScene.failure(code));
  }

  static PoolReading autoscaled(int count, int min) {
    PoolReading.Autoscaling autoscaling = new PoolReading.Autoscaling(min, 10);
    Machines machines = new Machines(Readings.SIZE, count, autoscaling, 250, "10%");
    return pool(machines, PoolScene.INSTALLATION, "Succeeded", null);
  }

  static PoolReading foreign(int count, String state) {
    Machines machines = new Machines(Readings.SIZE, count, null, 250, "10%");
    return pool(machines, UUID.fromString("00000000-0000-0000-0000-00000000000f"), state, null);
  }

  static PoolReading other(String state) {
    return new PoolReading(
        "other",
        Map.of(),
        new Machines(Readings.SIZE, 1, null, 250, ""),
        Readings.SANDBOXING,
        state,
        "e2",
        null);
  }

  private static PoolReading pool(
      Machines machines, UUID owner, String state, @Nullable CloudFailure failure) {
    return new PoolReading(
        "kd8sv5",
        Map.of(NodePool.OWNER_TAG, owner.toString()),
        machines,
        Readings.SANDBOXING,
        state,
        "e1",
        failure);
  }
}
