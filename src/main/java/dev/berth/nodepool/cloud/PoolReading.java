package dev.berth.nodepool.cloud;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node pool as the cloud provider describes it.
 *
 * @param state of provisioning, as written: {@code Succeeded}, {@code Failed} and {@code Canceled}
 *     are ends, whatever else is under way
 * @param eTag fences a change of exactly this reading
 * @param failure why it is not as it was last asked to be; null = nothing is said
 */
public record PoolReading(
    String name,
    Map<String, String> tags,
    Machines machines,
    Sandboxing sandboxing,
    String state,
    @Nullable String eTag,
    @Nullable CloudFailure failure) {

  public PoolReading {
    tags = Map.copyOf(tags);
  }

  /**
   * How many nodes of which kind.
   *
   * @param autoscaled null = somebody sets the count
   * @param maxSurge as written: a number or a percentage; empty = not said
   */
  public record Machines(
      String vmSize, int count, @Nullable Autoscaling autoscaled, int maxPods, String maxSurge) {

    /** Nodes that there are, or that the autoscaler does not go below: the rest is its own. */
    public int provided() {
      return autoscaled == null ? count : autoscaled.min();
    }
  }

  /** Within which the autoscaler sets the count. */
  public record Autoscaling(int min, int max) {}

  /**
   * What decides whether its nodes can run sandboxes. Names as written, empty = not said.
   *
   * @param image version of the node image
   */
  public record Sandboxing(
      String workloadRuntime,
      String osSku,
      String image,
      boolean fips,
      boolean trustedLaunch,
      boolean artifactStreaming) {}

  public boolean isSettled() {
    return state.equals("Succeeded") || isFailed();
  }

  public boolean isFailed() {
    return state.equals("Failed") || state.equals("Canceled");
  }
}
