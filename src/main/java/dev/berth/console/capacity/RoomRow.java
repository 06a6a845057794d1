package dev.berth.console.capacity;

import dev.berth.api.capacity.CapacityView.NodesView;
import dev.berth.api.capacity.CapacityView.PoolView;

/**
 * A pool of nodes as a line.
 *
 * @param share of the nodes' memory that is promised, of 100
 */
public record RoomRow(PoolView pool, long share) {

  static RoomRow of(PoolView pool) {
    NodesView nodes = pool.nodes();
    long all = nodes == null ? 0 : nodes.allocatable().memory();
    double promised = pool.rooms().promised().memory();
    return new RoomRow(pool, all == 0 ? 0 : Math.min(100, Math.round(promised * 100 / all)));
  }
}
