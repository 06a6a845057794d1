package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.rule.VmSize;
import dev.berth.local.azure.wire.Course;
import dev.berth.local.azure.wire.Course.Fault;
import java.util.Map;

/** What an operation on a pool leaves behind when it ends. */
record PoolChange(Cluster cluster, Pool pool, Map<String, VmSize> sizes, PoolListener listener)
    implements Operation.End {

  /** The provisioning state that an accepted change of a pool shows. */
  static String state(Pool before, ObjectNode after) {
    return before.count() == after.path("count").asInt() ? "Updating" : "Scaling";
  }

  @Override
  public void ends(String how, Fault fault) {
    boolean deleting = pool.text("provisioningState").equals("Deleting");
    if (!how.equals(Course.SUCCEEDED)) {
      pool.ends(how, fault);
    } else if (deleting) {
      listener.gone(pool.name());
      cluster.pools().remove(pool.name());
    } else {
      listener.ready(ready());
      pool.ends(how, fault);
    }
  }

  ReadyPool ready() {
    return new ReadyPool(pool.name(), sizes.get(pool.text("vmSize")), pool.properties());
  }
}
