package dev.berth.plan.decide;

import dev.berth.plan.ClusterOffer;
import dev.berth.plan.Plan;
import dev.berth.plan.SandboxClass;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a namespace's annotations tell the policies of the cluster about its plan and its
 * RuntimeClass: they cannot look these up themselves. A list that is missing allows nothing, so an
 * empty one is not written.
 */
final class NamespaceAnnotations {

  private final Map<String, String> annotations;

  private NamespaceAnnotations(Map<String, String> ofThePlan) {
    this.annotations = new HashMap<>(ofThePlan);
  }

  static Map<String, String> of(Plan plan, @Nullable SandboxClass runtime, ClusterOffer offer) {
    NamespaceAnnotations all = new NamespaceAnnotations(plan.metadata().annotations());
    if (runtime != null) {
      all.of(runtime);
    }
    all.of(plan.rules().pods(), offer);
    all.list("storage-classes", storageClasses(plan, offer));
    all.list("resources", plan.amounts().givenResources());
    all.list("service-annotations", plan.rules().services().annotations());
    all.list("service-fields", plan.rules().services().fields());
    return all.annotations;
  }

  private void of(SandboxClass runtime) {
    list(
        "node-selector",
        runtime.nodeSelector().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .toList());
    list("tolerations", runtime.tolerations());
    boolean set = runtime.canary() == SandboxClass.Canary.DEFAULTS;
    put("class-default", set ? "set" : "none");
  }

  private void of(Plan.Pods pods, ClusterOffer offer) {
    Set<String> priorities = new HashSet<>(pods.priorityClasses());
    priorities.addAll(offer.priorityClasses().byDefault());
    list("priority-classes", priorities);
    put("termination-grace", Long.toString(pods.terminationGrace().toSeconds()));
    put(
        "image-pull",
        switch (pods.imagePull()) {
          case ALWAYS -> "Always";
          case ANY -> "Any";
        });
  }

  /** A claim that names no class is given a default one before any policy sees it. */
  private static Collection<String> storageClasses(Plan plan, ClusterOffer offer) {
    List<String> named = plan.storage().classes();
    return named.isEmpty() ? offer.storageClasses().byDefault() : named;
  }

  private void list(String key, Collection<String> values) {
    if (!values.isEmpty()) {
      put(key, String.join(",", new TreeSet<>(values)));
    }
  }

  private void put(String key, String value) {
    annotations.put("berth.dev/" + key, value);
  }
}
