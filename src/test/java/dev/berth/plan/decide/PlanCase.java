package dev.berth.plan.decide;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.berth.catalogue.Plans;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.ClusterOffer;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Overhead;
import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.plan.Work;
import dev.berth.tenant.Cause;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.RuntimeClass;
import dev.berth.tenant.Status;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import dev.berth.tenant.TenantSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A folder of the golden tests: {@code tenant.yaml} and, where they matter, {@code plan.yaml} and
 * {@code facts.yaml}, which says how the cluster differs from a healthy one. Without a plan the
 * tenant is offboarded.
 */
public final class PlanCase {

  private static final Path ROOT = Path.of("src/test/resources/plans");

  private final Path folder;
  private final Set<String> used = new HashSet<>();

  private PlanCase(Path folder) {
    this.folder = folder;
  }

  public static List<PlanCase> all() {
    try (Stream<Path> folders = Files.list(ROOT)) {
      return folders.filter(Files::isDirectory).sorted().map(PlanCase::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String name() {
    return folder.getFileName().toString();
  }

  public Path file(String name) {
    used.add(name);
    return folder.resolve(name);
  }

  /** Files that no test has asked for. */
  public List<String> unused() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).filter(f -> !used.contains(f)).toList();
    }
  }

  public Work work() {
    Map<String, Object> document = yaml("tenant.yaml");
    Recorded recorded = recorded(document);
    Tenant tenant = tenant(document);
    return plan()
        .map(plan -> new Planner().plan(tenant, plan, standing(tenant, recorded), facts()))
        .orElseGet(() -> new Planner().offboard(new Standing(tenant, recorded, null)));
  }

  /** What was not read back yet is new in this very work. */
  private Standing standing(Tenant tenant, Recorded recorded) {
    List<TenantNamespace> stored =
        tenant.namespaces().stream().filter(n -> n.uid() != null).toList();
    return new Standing(tenant.with(stored), recorded, plan().orElseThrow());
  }

  private Optional<Plan> plan() {
    return Files.exists(file("plan.yaml"))
        ? Optional.of(Plans.parse(text("plan.yaml")))
        : Optional.empty();
  }

  public Tenant tenant() {
    return tenant(yaml("tenant.yaml"));
  }

  private Tenant tenant(Map<String, Object> document) {
    TenantId id = new TenantId((String) document.get("id"));
    TenantSpec spec =
        new TenantSpec(
            3,
            PlanRef.parse("team").orElseThrow(),
            "Acme GmbH",
            subjects(document.get("owners")),
            subjects(document.get("viewers")),
            map(document.get("labels")),
            (Integer) document.get("sandboxes"),
            null,
            "{}");
    return new Tenant(
        id,
        new Tenant.Life(1, namespaces(id, document)),
        new Tenant.Revision(1, new Cause("c-1", "e-1", null)),
        new Desired(Desired.Mode.ACTIVE, 3, spec, plan().map(Plan::id).orElse(null), null),
        status(document));
  }

  /** A tenant whose owners were let in was opened on its plan. */
  private Status status(Map<String, Object> document) {
    boolean opened =
        recorded(document).uids().keySet().stream().anyMatch(k -> k.name().equals("berth-owner"));
    return Status.NONE
        .reached(0, opened ? plan().map(Plan::id).orElse(null) : null)
        .runningIn(
            Stream.ofNullable((String) document.get("runtime"))
                .map(name -> new RuntimeClass(name, "kata"))
                .toList());
  }

  private static List<TenantNamespace> namespaces(TenantId id, Map<String, Object> document) {
    Map<String, String> uids = map(document.get("namespaces"));
    return uids.entrySet().stream()
        .map(e ->
            new TenantNamespace(
                e.getKey(),
                id.namespace(e.getKey()),
                UUID.nameUUIDFromBytes(e.getKey().getBytes(StandardCharsets.UTF_8)),
                e.getValue()))
        .toList();
  }

  private static Recorded recorded(Map<String, Object> document) {
    Map<String, String> uids = map(document.get("recorded"));
    return new Recorded(
        uids.entrySet().stream().collect(toMap(e -> key(e.getKey()), Map.Entry::getValue)));
  }

  private static Resource.Key key(String text) {
    String[] kindAndPath = text.split(" ", 2);
    String[] path = kindAndPath[1].split("/", 2);
    return new Resource.Key(path[0], Resource.Kind.valueOf(kindAndPath[0]), path[path.length - 1]);
  }

  private ClusterFacts facts() {
    ClusterFacts healthy = Samples.healthy();
    if (!Files.exists(file("facts.yaml"))) {
      return healthy;
    }
    Map<String, Object> facts = yaml("facts.yaml");
    return new ClusterFacts(
        !Boolean.FALSE.equals(facts.get("known")),
        facts.containsKey("sandbox") ? classes(map(facts.get("sandbox"))) : healthy.classes(),
        new ClusterAdmission(
            healthy.admission().version(),
            !Boolean.FALSE.equals(facts.get("mutating")),
            !Boolean.FALSE.equals(facts.get("probe")),
            map(facts.get("policies")).entrySet().stream()
                .map(e -> new ClusterAdmission.PolicyFault(e.getKey(), e.getValue(), true))
                .toList()),
        new ClusterNetwork(
            facts.containsKey("networkEngine") ? (String) facts.get("networkEngine") : "cilium",
            texts(facts.get("ranges")).stream().map(Ipv4Block::of).toList(),
            texts(facts.get("dns"))),
        new ClusterOffer(
            names(facts.get("priorityClasses")),
            names(facts.get("storageClasses")),
            names(facts.get("resources"))));
  }

  /** A mapping of names, with true at those that are the cluster's default; absent = unknown. */
  private static ClusterOffer.Names names(Object names) {
    if (names == null) {
      return ClusterOffer.Names.UNKNOWN;
    }
    Map<?, ?> all = (Map<?, ?>) names;
    return new ClusterOffer.Names(
        true,
        all.keySet().stream().map(Object::toString).collect(toSet()),
        all.entrySet().stream()
            .filter(e -> Boolean.TRUE.equals(e.getValue()))
            .map(e -> e.getKey().toString())
            .collect(toSet()));
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Object list) {
    return list == null ? List.of() : (List<String>) list;
  }

  private static List<SandboxClass> classes(Map<String, String> sandbox) {
    return sandbox.isEmpty()
        ? List.of()
        : List.of(
            new SandboxClass(
                "kata-vm-isolation",
                "kata",
                new Overhead(
                    Quantity.parseBytes(sandbox.get("memoryOverhead")).orElseThrow(),
                    Quantity.parseMillis(sandbox.get("cpuOverhead")).orElseThrow()),
                new SandboxClass.Places(
                    Map.of("kubernetes.azure.com/kata-vm-isolation", "true"),
                    List.of(),
                    nodes(sandbox),
                    List.of()),
                SandboxClass.Canary.valueOf(sandbox.getOrDefault("canary", "DEFAULTS"))));
  }

  private static List<SandboxClass.Nodes> nodes(Map<String, String> sandbox) {
    int count = Integer.parseInt(sandbox.get("readyNodes"));
    return count == 0
        ? List.of()
        : List.of(
            new SandboxClass.Nodes(
                count,
                Quantity.parseBytes(sandbox.get("largestMemory")).orElseThrow(),
                Quantity.parseMillis(sandbox.get("largestCpu")).orElseThrow(),
                250));
  }

  private static List<Subject> subjects(Object list) {
    return list == null
        ? List.of()
        : ((List<?>) list)
            .stream()
                .map(PlanCase::map)
                .map(s ->
                    new Subject(Subject.SubjectKind.valueOf(s.get("kind")), s.get("name"), null))
                .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> map(Object map) {
    return map == null ? Map.of() : (Map<String, String>) map;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> yaml(String name) {
    return (Map<String, Object>)
        new Load(LoadSettings.builder().build()).loadFromString(text(name));
  }

  private String text(String name) {
    try {
      return Files.readString(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
