package dev.berth.catalogue.document;

import dev.berth.plan.Plan;
import dev.berth.tenant.PlanVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A YAML document as a plan: its fields, what each may hold, and its default. */
public final class PlanDocument {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern VM_SIZE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Duration TERMINATION_GRACE = Duration.ofMinutes(10);
  private static final Duration LONGEST_TERMINATION = Duration.ofHours(24);

  /** Of a Service: what takes an address, a load balancer or a name that is not the tenant's. */
  private static final Set<String> SERVICE_FIELDS =
      Set.of("externalName", "loadBalancerClass", "loadBalancerIP");

  private final MetadataFields metadata;

  public PlanDocument(Set<String> metadataPrefixes) {
    this.metadata = new MetadataFields(metadataPrefixes);
  }

  /** The plan; it holds only where the reading left no problem. */
  public Plan read(Field document) {
    return document.section(this::plan);
  }

  private Plan plan(Section plan) {
    PlanVersion id =
        new PlanVersion(
            plan.required("name").text(NAME, "1 to 63 characters of a-z, 0-9 and '-'"),
            plan.required("version").integer(1, 999_999_999));
    Plan.Isolation isolation =
        plan.required("isolation")
            .choice(
                Map.of("sandboxed", Plan.Isolation.SANDBOXED, "shared", Plan.Isolation.SHARED),
                Plan.Isolation.SANDBOXED);
    boolean sandboxed = isolation == Plan.Isolation.SANDBOXED;
    List<Plan.PlanNamespace> namespaces = NamespaceFields.read(plan.required("namespaces"));
    return new Plan(
        id,
        isolation,
        plan.optional("priority").integer(0, 1000, 50),
        namespaces,
        AmountFields.read(plan, sandboxed, namespaces.size()),
        rules(plan, sandboxed),
        lifecycle(plan));
  }

  private Plan.Rules rules(Section plan, boolean sandboxed) {
    return new Plan.Rules(
        plan.required("network").section(NetworkFields::read),
        pods(plan, sandboxed),
        plan.optional("services").section(PlanDocument::services),
        plan.optional("access").section(PlanDocument::access),
        plan.optional("metadata").section(metadata::read));
  }

  private static Plan.Pods pods(Section plan, boolean sandboxed) {
    return new Plan.Pods(
        NameLists.priorityClasses(plan.optional("priorityClasses")),
        Durations.read(plan.optional("terminationGrace"), TERMINATION_GRACE, LONGEST_TERMINATION),
        plan.optional("imagePull")
            .choice(
                Map.of("Always", Plan.ImagePull.ALWAYS, "Any", Plan.ImagePull.ANY),
                sandboxed ? Plan.ImagePull.ALWAYS : Plan.ImagePull.ANY),
        podSecurity(plan.required("podSecurity")));
  }

  private static Plan.Services services(Section services) {
    return new Plan.Services(
        NameLists.keys(services.optional("annotations")),
        NameLists.oneOf(SERVICE_FIELDS, services.optional("fields")));
  }

  private static Plan.Lifecycle lifecycle(Section plan) {
    Field nodePool = plan.optional("nodePool");
    return new Plan.Lifecycle(
        guaranteeLost(plan.optional("onGuaranteeLost")),
        namespaceLost(plan.optional("onNamespaceLost")),
        plan.required("offboarding").section(PlanDocument::offboarding),
        nodePool.isPresent() ? nodePool.section(PlanDocument::nodePool) : null);
  }

  private static Plan.PodSecurity podSecurity(Field field) {
    return field.choice(
        Map.of("restricted", Plan.PodSecurity.RESTRICTED, "baseline", Plan.PodSecurity.BASELINE),
        Plan.PodSecurity.RESTRICTED);
  }

  private static Plan.GuaranteeLost guaranteeLost(Field field) {
    return field.choice(
        Map.of("close", Plan.GuaranteeLost.CLOSE, "degrade", Plan.GuaranteeLost.DEGRADE),
        Plan.GuaranteeLost.CLOSE);
  }

  private static Plan.NamespaceLost namespaceLost(Field field) {
    return field.choice(
        Map.of("block", Plan.NamespaceLost.BLOCK, "recreate", Plan.NamespaceLost.RECREATE),
        Plan.NamespaceLost.BLOCK);
  }

  private static Plan.Access access(Section access) {
    return new Plan.Access(
        shipped(access.optional("owner"), Plan.Access.OWNER),
        shipped(access.optional("viewer"), Plan.Access.VIEWER),
        access.optional("ephemeralContainers").flag(false));
  }

  private static String shipped(Field role, String shipped) {
    if (!role.is(shipped)) {
      role.refuse(
          "must be "
              + shipped
              + ", the ClusterRole that ships with Berth for this, not "
              + role.shown());
    }
    return shipped;
  }

  private static Plan.Offboarding offboarding(Section offboarding) {
    return new Plan.Offboarding(
        Durations.read(offboarding.required("grace")),
        offboarding
            .required("deletion")
            .choice(
                Map.of(
                    "Delete", Plan.Deletion.DELETE,
                    "Retain", Plan.Deletion.RETAIN,
                    "Archive", Plan.Deletion.ARCHIVE),
                Plan.Deletion.DELETE));
  }

  private static Plan.PoolTerms nodePool(Section pool) {
    Field min = pool.required("min");
    Plan.PoolTerms read =
        new Plan.PoolTerms(
            pool.required("vmSize").text(VM_SIZE, "a VM size such as Standard_D8s_v5"),
            min.integer(0, 1000),
            pool.required("max").integer(1, 1000, 1000));
    if (pool.isSound() && read.min() > read.max()) {
      min.refuse("must not be larger than max: " + read.min() + " > " + read.max());
    }
    return read;
  }
}
