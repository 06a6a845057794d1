package dev.berth.kubernetes;

import dev.berth.kubernetes.server.ApiPath;
import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Operation;
import dev.berth.plan.Operation.Proof;
import dev.berth.plan.Overhead;
import dev.berth.plan.Resource;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant of its own for each test, with one namespace and all that belongs into one. */
public record SomeTenant(
    TenantId id,
    UUID provisioningId,
    long generation,
    PlanVersion plan,
    @Nullable String recordedUid) {

  public static final UUID INSTALLATION = UUID.fromString("00000000-0000-0000-0000-00000000beef");
  public static final SandboxClass KATA = kata(600L << 20);

  public static SomeTenant fresh() {
    TenantId id = new TenantId("t" + UUID.randomUUID().toString().substring(0, 8));
    return named(id.value());
  }

  public static SomeTenant named(String id) {
    return new SomeTenant(new TenantId(id), UUID.randomUUID(), 3, new PlanVersion("team", 2), null);
  }

  public SomeTenant ofGeneration(long other) {
    return new SomeTenant(id, provisioningId, other, plan, recordedUid);
  }

  public SomeTenant withProvisioningId(UUID other) {
    return new SomeTenant(id, other, generation, plan, recordedUid);
  }

  public SomeTenant recorded(@Nullable String uid) {
    return new SomeTenant(id, provisioningId, generation, plan, uid);
  }

  public SomeTenant leaving() {
    return ofGeneration(generation + 1);
  }

  public String namespace() {
    return id.namespace("");
  }

  public String path() {
    return "/api/v1/namespaces/" + namespace();
  }

  public Assignment assignment() {
    TenantNamespace namespace = new TenantNamespace("", namespace(), provisioningId, recordedUid);
    Owner owner = new Owner(id, generation, plan, List.of(namespace));
    return new Assignment(owner, INSTALLATION, Hands.soon(), () -> true);
  }

  public Resource.Namespace itself() {
    return itself(Map.of());
  }

  public Resource.Namespace itself(Map<String, String> more) {
    Map<String, String> labels =
        new java.util.HashMap<>(
            Map.of(
                "berth.dev/isolation", "sandboxed",
                "berth.dev/runtime-class", "kata-vm-isolation",
                "pod-security.kubernetes.io/enforce", "restricted"));
    labels.putAll(more);
    return new Resource.Namespace(
        namespace(),
        labels,
        Map.of("berth.dev/node-selector", "kubernetes.azure.com/kata-vm-isolation=true"));
  }

  public Resource.ServiceAccount account() {
    return new Resource.ServiceAccount(namespace());
  }

  public Resource.NetworkPolicy isolation() {
    return new Resource.NetworkPolicy(
        namespace(),
        true,
        List.of(),
        List.of(id.namespace("jobs")),
        List.of(Map.of("kubernetes.io/metadata.name", "ingress")),
        List.of(outside("169.254.169.254/32")));
  }

  public Resource.NetworkPolicy isolationBesideTheCluster() {
    return new Resource.NetworkPolicy(
        namespace(),
        true,
        List.of("169.254.20.10"),
        List.of(),
        List.of(),
        List.of(outside("10.0.0.0/8", "20.30.0.0/16")));
  }

  private static Resource.Block outside(String... except) {
    return new Resource.Block(Ipv4Block.of("0.0.0.0/0"), Samples.blocks(except));
  }

  public Resource.NetworkPolicy closedIsolation() {
    return new Resource.NetworkPolicy(
        namespace(), false, List.of(), List.of(), List.of(), List.of());
  }

  public Resource.ResourceQuota quota(String pods) {
    return new Resource.ResourceQuota(
        namespace(), Map.of("pods", pods, "limits.memory", "22240Mi", "count/secrets", "100"));
  }

  public Resource.ResourceQuota noPods() {
    return new Resource.ResourceQuota(namespace(), Map.of("pods", "0"));
  }

  public Resource.LimitRange limits() {
    return new Resource.LimitRange(
        namespace(),
        new Resource.Limits("512Mi", "500m", "1Gi"),
        new Resource.Limits("128Mi", null, null),
        true);
  }

  public Resource.RoleBinding owners(String... names) {
    return binding("berth-tenant-admin", names);
  }

  public Resource.RoleBinding binding(String role, String... names) {
    List<Subject> subjects =
        List.of(names).stream().map(n -> new Subject(Subject.SubjectKind.Group, n, null)).toList();
    return new Resource.RoleBinding(namespace(), "berth-owner", role, subjects);
  }

  public List<Resource> everything() {
    return List.of(itself(), account(), isolation(), quota("20"), limits(), owners("developers"));
  }

  public static Operation.Apply apply(Resource resource) {
    return apply(resource, null);
  }

  public static Operation.Apply apply(Resource resource, @Nullable String uid) {
    return new Operation.Apply(resource, uid, List.of());
  }

  public static Operation.Close close(Resource resource) {
    return new Operation.Close(resource, null, List.of());
  }

  public Operation.Verify verify(Proof proof) {
    return new Operation.Verify(namespace(), proof, List.of());
  }

  public Operation.EvictPods evict() {
    return new Operation.EvictPods(namespace(), List.of());
  }

  public Operation.Delete delete(@Nullable String uid) {
    return new Operation.Delete(itself().key(), uid, List.of());
  }

  public String uidOf(Hands hands, Resource resource) {
    return Objects.requireNonNull(hands.get(ApiPath.object(resource.key())).object().uid());
  }

  public static SandboxClass kata(long overhead) {
    return new SandboxClass(
        "kata-vm-isolation",
        "kata",
        new Overhead(overhead, 0),
        new SandboxClass.Places(
            Map.of("kubernetes.azure.com/kata-vm-isolation", "true"),
            List.of(),
            List.of(new SandboxClass.Nodes(1, 8L << 30, 4000, 110)),
            List.of()),
        SandboxClass.Canary.DEFAULTS);
  }
}
