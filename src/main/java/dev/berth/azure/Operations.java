package dev.berth.azure;

import com.azure.core.management.exception.ManagementError;
import dev.berth.nodepool.cloud.CloudFailure;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The operations that this process began, by pool. They only tell why one failed, which the pool
 * itself may not: how a pool fares is read from it, so nothing is lost with this memory. Addresses
 * of operations are signed: they are used as they are, and neither stored nor shown.
 */
final class Operations {

  private static final Logger LOG = Logger.getLogger(Operations.class);

  /** Whatever else it says, it still runs: AKS uses words of no standard. */
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed", "Canceled");

  private final PlainReads reads;
  private final Map<String, String> running = new ConcurrentHashMap<>();
  private final Map<String, CloudFailure> failed = new ConcurrentHashMap<>();

  Operations(PlainReads reads) {
    this.reads = reads;
  }

  /**
   * @param address null = the provider named none, and the pool has to tell all
   */
  void begun(String pool, @Nullable String address) {
    failed.remove(pool);
    running.remove(pool);
    if (address != null) {
      running.put(pool, address);
    }
  }

  /** Asks each one that still runs, once. */
  void poll() {
    running.entrySet().removeIf(entry -> isOver(entry.getKey(), entry.getValue()));
  }

  /**
   * Why the pool's last operation failed. A pool that is fine all the same hears of it once.
   *
   * @param state of provisioning; before it is an end nothing is told
   */
  @Nullable CloudFailure failure(String pool, String state) {
    if (!ENDS.contains(state)) {
      return null;
    }
    return state.equals("Succeeded") ? failed.remove(pool) : failed.get(pool);
  }

  /** Fails with HTTP 200; a refusal is one of the question only. */
  private boolean isOver(String pool, String address) {
    PlainReads.Told told;
    try {
      told = reads.get(address);
    } catch (RuntimeException e) {
      String code = Failures.of(e).code();
      LOG.debugf("pool=%s its operation is not told: %s", pool, code);
      return code.endsWith("NotFound");
    }
    boolean over = ENDS.contains(told.body().path("status").asText());
    ManagementError error = ErrorBody.parse(told.body());
    if (over && error != null) {
      failed.put(pool, Failures.of(error, told.headers()));
    }
    return over;
  }
}
