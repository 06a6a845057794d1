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
    List<PlanNamespace> namespaces,
    Amounts amounts,
    Rules rules,
    Lifecycle lifecycle) {

  public Plan {
    namespaces = List.copyOf(namespaces);
  }

  public Sandbox sandbox() {
    return amounts.sandbox();
  }

  public Storage storage() {
    return amounts.storage();
  }

  /** By their names in the document; without those that it leaves to Berth. */
  public Map<String, Integer> objects() {
    return amounts.objects();
  }

  public Network network() {
    return rules.network();
  }

  public PodSecurity podSecurity() {
    return rules.pods().security();
  }

  public Access access() {
    return rules.access();
  }

  public Metadata metadata() {
    return rules.metadata();
  }

  /**
   * Null = the plan is content with the nodes that there are, as one is whose pods run on any node.
   */
  public @Nullable PoolTerms nodePool() {
    return isolation == Isolation.SANDBOXED ? lifecycle.nodePool() : null;
  }

  public GuaranteeLost onGuaranteeLost() {
    return lifecycle.onGuaranteeLost();
  }

  /**
   * How much a tenant gets.
   *
   * @param resources amounts of extended resources and huge pages, by name
   */
  public record Amounts(
      Sandbox sandbox, Storage storage, Map<String, Integer> objects, Map<String, Long> resources) {
    public Amounts {
      objects = Map.copyOf(objects);
      resources = Map.copyOf(resources);
    }

    /** Names of the resources of which there is something. */
    public List<String> givenResources() {
      return resources.entrySet().stream()
          .filter(e -> e.getValue() > 0)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** What a tenant, its people and its pods may do. */
  public record Rules(
      Network network, Pods pods, Services services, Access access, Metadata metadata) {}

  public record Lifecycle(
      GuaranteeLost onGuaranteeLost,
      NamespaceLost onNamespaceLost,
      Offboarding offboarding,
      @Nullable PoolTerms nodePool) {}

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
  public record PlanNamespace(String name, int sharePercent) {}

  /** One sandbox, and how many of them. */
  public record Sandbox(long memory, long cpu, Count count) {}

  public record Count(int byDefault, int min, int max) {

    /**
     * How many a tenant gets: what it asks for within the bounds.
     *
     * @param asked null = nothing
     */
    public int granted(@Nullable Integer asked) {
      return asked == null ? byDefault : Math.min(Math.max(asked, min), max);
    }
  }

  /**
   * Disks and volumes.
   *
   * @param ephemeral on the disks of nodes; null = an amount for each sandbox
   * @param classes that claims may name; none = the cluster's default
   */
  public record Storage(long capacity, int claims, @Nullable Long ephemeral, List<String> classes) {

    /** On the disk of its node, where the plan has no amount of its own. */
    public static final long EPHEMERAL_OF_ONE = 2L << 30;

    public Storage {
      classes = List.copyOf(classes);
    }
  }

  /**
   * What pods may be and do.
   *
   * @param priorityClasses that pods may name, beside the cluster's own default
   * @param terminationGrace the most that a pod may take for its end
   */
  public record Pods(
      List<String> priorityClasses,
      Duration terminationGrace,
      ImagePull imagePull,
      PodSecurity security) {
    public Pods {
      priorityClasses = List.copyOf(priorityClasses);
    }
  }

  /** Whether an image that lies on a node may be used without asking its registry. */
  public enum ImagePull {
    ALWAYS,
    ANY
  }

  /** What Services may say to load balancers and to name servers. */
  public record Services(List<String> annotations, List<String> fields) {
    public Services {
      annotations = List.copyOf(annotations);
      fields = List.copyOf(fields);
    }
  }

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

    record Cidrs(List<Ipv4Block> blocks) implements Egress {
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

    public List<Subject> debuggers(TenantSpec spec) {
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

  /**
   * What a plan wants of the node pool of a VM size.
   *
   * @param min nodes that are there even if nobody needs them
   * @param max nodes that are never exceeded
   */
  public record PoolTerms(String vmSize, int min, int max) {

    /** Of two plans with the same VM size: whatever either of them needs or allows. */
    public PoolTerms and(PoolTerms other) {
      return new PoolTerms(vmSize, Math.max(min, other.min), Math.max(max, other.max));
    }
  }
}
