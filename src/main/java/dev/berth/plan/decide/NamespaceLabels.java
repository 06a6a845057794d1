package dev.berth.plan.decide;

import dev.berth.plan.Plan;
import dev.berth.tenant.TenantSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a namespace's labels say: its sandbox, its pod security, and what others put there. */
public final class NamespaceLabels {

  /**
   * What is enforced on a running tenant stays the rules of one Kubernetes version; those of the
   * cluster's version warn.
   */
  private static final String ENFORCED_VERSION = "v1.30";

  private NamespaceLabels() {}

  static Map<String, String> of(TenantSpec spec, Plan plan, @Nullable String runtimeClass) {
    Map<String, String> labels = new HashMap<>(plan.metadata().labels());
    spec.labels().forEach((key, value) -> labels.put("labels.berth.dev/" + key, value));
    labels.putAll(podSecurity(plan.podSecurity()));
    labels.put("berth.dev/isolation", plan.isolation().name().toLowerCase(Locale.ROOT));
    if (runtimeClass != null) {
      labels.put("berth.dev/runtime-class", runtimeClass);
    }
    return labels;
  }

  public static Map<String, String> podSecurity(Plan.PodSecurity podSecurity) {
    Map<String, String> labels = new HashMap<>();
    String level = podSecurity.name().toLowerCase(Locale.ROOT);
    for (String mode : new String[] {"enforce", "audit", "warn"}) {
      String key = "pod-security.kubernetes.io/" + mode;
      labels.put(key, level);
      labels.put(key + "-version", mode.equals("enforce") ? ENFORCED_VERSION : "latest");
    }
    return labels;
  }
}
