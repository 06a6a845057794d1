package dev.berth.plan;

import dev.berth.tenant.TenantNamespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The objects of a tenant that were read back from the cluster: their uids. */
public record Recorded(Map<Resource.Key, String> uids) {

  public static final Recorded NOTHING = new Recorded(Map.of());

  public Recorded {
    uids = Map.copyOf(uids);
  }

  /** The recorded uid, null if none was read back yet. */
  public @Nullable String uid(Resource.Key key) {
    return uids.get(key);
  }

  /** These and the uids that the tenant's namespaces carry themselves, which take precedence. */
  public Recorded with(List<TenantNamespace> namespaces) {
    Map<Resource.Key, String> all = new HashMap<>(uids);
    for (TenantNamespace namespace : namespaces) {
      String uid = namespace.uid();
      if (uid != null) {
        all.put(Resource.Key.ofNamespace(namespace.namespace()), uid);
      }
    }
    return new Recorded(all);
  }
}
