package dev.berth.catalogue;

import dev.berth.plan.Plan;
import dev.berth.tenant.PlanVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A YAML document as a plan: its fields, what each may hold, and what stands for an absent one. */
final class PlanDocument {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern VM_SIZE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
  private static final Pattern GRACE = Pattern.compile("([0-9]{1,5})([smhd])");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final List<String> OBJECTS =
      List.of("deployments", "jobs", "configMaps", "secrets", "services", "loadBalancers");
  private static final int MANY = 100_000;
  private static final long MEBI = 1L << 20;
  private static final long LEAST_SANDBOX = 128 * MEBI;
  private static final long MOST_MEMORY = MEBI << 24;
  private static final long MOST_STORAGE = MEBI << 33;
  private static final long MOST_CPU = 10_000_000;

  private final MetadataFields metadata;

  PlanDocument(Set<String> metadataPrefixes) {
    this.metadata = new MetadataFields(metadataPrefixes);
  }

  /** The plan; it holds only where the reading left no problem. */
  Plan read(Field document) {
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
    List<Plan.Namespace> namespaces = NamespaceFields.read(plan.required("namespaces"));
    long leastMemory = isolation == Plan.Isolation.SANDBOXED ? LEAST_SANDBOX : MEBI;
    Field nodePool = plan.optional("nodePool");
    return new Plan(
        id,
        isolation,
        plan.optional("priority").integer(0, 1000, 50),
        namespaces,
        plan.required("sandbox").section(s -> sandbox(s, leastMemory, namespaces.size())),
        plan.required("storage").section(PlanDocument::storage),
        plan.required("objects").section(PlanDocument::objects),
        plan.required("network").section(NetworkFields::read),
        podSecurity(plan.required("podSecurity")),
        plan.optional("access").section(PlanDocument::access),
        plan.optional("metadata").section(metadata::read),
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

  private static Plan.Sandbox sandbox(Section sandbox, long leastMemory, int namespaces) {
    return new Plan.Sandbox(
        sandbox.required("memory").bytes(leastMemory, MOST_MEMORY),
        sandbox.required("cpu").millis(1, MOST_CPU),
        sandbox.required("count").section(count -> count(count, namespaces)));
  }

  private static Plan.Count count(Section count, int namespaces) {
    Field byDefault = count.required("default");
    Field min = count.required("min");
    Field max = count.required("max");
    Plan.Count read =
        new Plan.Count(
            byDefault.integer(1, MANY), min.integer(1, MANY), max.integer(1, MANY, MANY));
    if (!count.isSound()) {
      return read;
    }
    if (read.min() < namespaces) {
      min.refuse(
          "%d sandboxes are not enough for %d namespaces, each of which gets at least one"
              .formatted(read.min(), namespaces));
    }
    if (read.byDefault() < read.min() || read.byDefault() > read.max()) {
      byDefault.refuse(
          "must lie within min and max: %d <= %d <= %d does not hold"
              .formatted(read.min(), read.byDefault(), read.max()));
    }
    return read;
  }

  private static Plan.Storage storage(Section storage) {
    return new Plan.Storage(
        storage.required("capacity").bytes(0, MOST_STORAGE),
        storage.required("claims").integer(0, MANY));
  }

  private static Map<String, Integer> objects(Section objects) {
    Map<String, Integer> counts = new TreeMap<>();
    OBJECTS.forEach(name -> counts.put(name, objects.required(name).integer(0, MANY)));
    return counts;
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
        grace(offboarding.required("grace")),
        offboarding
            .required("deletion")
            .choice(
                Map.of(
                    "Delete", Plan.Deletion.DELETE,
                    "Retain", Plan.Deletion.RETAIN,
                    "Archive", Plan.Deletion.ARCHIVE),
                Plan.Deletion.DELETE));
  }

  private static Duration grace(Field grace) {
    Matcher matcher =
        GRACE.matcher(grace.text(GRACE, "a number and one of s, m, h, d, such as 7d"));
    return matcher.matches()
        ? UNITS
            .getOrDefault(matcher.group(2), Duration.ZERO)
            .multipliedBy(Long.parseLong(matcher.group(1)))
        : Duration.ZERO;
  }

  private static Plan.NodePool nodePool(Section pool) {
    Field min = pool.required("min");
    Plan.NodePool read =
        new Plan.NodePool(
            pool.required("vmSize").text(VM_SIZE, "a VM size such as Standard_D8s_v5"),
            min.integer(0, 1000),
            pool.required("max").integer(1, 1000, 1000));
    if (pool.isSound() && read.min() > read.max()) {
      min.refuse("must not be larger than max: " + read.min() + " > " + read.max());
    }
    return read;
  }
}
