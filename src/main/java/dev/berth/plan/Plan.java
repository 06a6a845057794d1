package dev.berth.plan;

import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One released version of a plan, validated. Memory and storage in bytes, CPU in thousandths of a
 * core.
 */
public record Plan(
    PlanVersion id,
    Isolation isolation,
    int priority,
    List<Namespace> namespaces,
    Sandbox sandbox,
    Storage storage,
    Map<String, Integer> objects,
    Network network,
    PodSecurity podSecurity,
    Access access,
    Metadata metadata,
    GuaranteeLost onGuaranteeLost,
    NamespaceLost onNamespaceLost,
    Offboarding offboarding,
    @Nullable NodePool nodePool) {

  public Plan {
    namespaces = List.copyOf(namespaces);
    objects = Map.copyOf(objects);
  }

  /** Whether every pod runs in a sandbox of its own. */
  public enum Isolation {
    SANDBOXED,
    SHARED
  }

  /**
   * A namespace of the plan, in the order of the document.
   *
   * @param name empty = the default one
   * @param sharePercent its part of the tenant's budget; the parts of a plan sum to 100
   */
  public record Namespace(String name, int sharePercent) {}

  /** One sandbox, and how many of them. */
  public record Sandbox(long memory, long cpu, Count count) {}

  public record Count(int byDefault, int min, int max) {

    /** How many a tenant gets: what it asks for within the bounds. @param asked null = nothing */
    public int granted(@Nullable Integer asked) {
      return asked == null ? byDefault : Math.min(Math.max(asked, min), max);
    }
  }

  public record Storage(long capacity, int claims) {}

  /** Traffic of the tenant's pods; denied unless named here. */
  public record Network(
      Egress egress,
      boolean dns,
      boolean betweenNamespaces,
      List<Map<String, String>> ingress,
      boolean requireEngine) {

    public Network {
      ingress = List.copyOf(ingress);
    }
  }

  /** Where the tenant's pods may connect to outside the cluster. */
  public sealed interface Egress {
    record None() implements Egress {}

    record Internet() implements Egress {}

    record Cidrs(List<String> blocks) implements Egress {
      public Cidrs {
        blocks = List.copyOf(blocks);
      }
    }
  }

  /** Level of the Pod Security Standards. */
  public enum PodSecurity {
    RESTRICTED,
    BASELINE
  }

  /**
   * The ClusterRoles behind the tenant's RoleBindings: always those that ship with Berth.
   *
   * @param ephemeralContainers whether owners may put containers into running pods
   */
  public record Access(String owner, String viewer, boolean ephemeralContainers) {
    public static final String OWNER = "berth-tenant-admin";
    public static final String VIEWER = "berth-tenant-viewer";
    public static final String DEBUG = "berth-tenant-debug";

    List<Subject> debuggers(TenantSpec spec) {
      return ephemeralContainers ? spec.owners() : List.of();
    }
  }

  public record Metadata(Map<String, String> labels, Map<String, String> annotations) {
    public Metadata {
      labels = Map.copyOf(labels);
      annotations = Map.copyOf(annotations);
    }
  }

  public enum GuaranteeLost {
    CLOSE,
    DEGRADE
  }

  public enum NamespaceLost {
    BLOCK,
    RECREATE
  }

  public enum Deletion {
    DELETE,
    RETAIN,
    ARCHIVE
  }

  public record Offboarding(Duration grace, Deletion deletion) {}

  public record NodePool(String vmSize, int min, int max) {}
}
