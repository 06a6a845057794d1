package dev.berth.journey.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.cli.Line;
import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.local.process.TcpProxy;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Berth on parts of its own, and those whom an incident needs beside the operator. */
final class IncidentStage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final String MEMORY = "memory";
  private static final String BY_HAND = "99";

  /** Of plan {@code starter}, with the overhead of its class. */
  private static final long ONE_SANDBOX = 856L << 20;

  /** It keeps the rules, and somebody's finalizer keeps it. */
  private static final String STAYS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: stays, finalizers: [example.com/backup]}
      spec:
        terminationGracePeriodSeconds: 1
        securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: c
          image: i
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
      """;

  private final PackagedBerth berth = PackagedBerth.besideNewParts("incidents");
  private final Database database = new Database(berth.postgres());
  private final ControlPlane controlPlane = new ControlPlane(berth.kafka());
  private final KubernetesClient administrator = administrator(berth);
  private final TcpProxy apiServer;
  private final Path plans;
  private final Map<String, String> settings = new TreeMap<>();
  private final Map<String, Quantity> memoryBefore = new TreeMap<>();
  private Replica replica;

  IncidentStage(Path folder) throws IOException {
    plans = Files.createDirectory(folder.resolve("plans"));
    Files.writeString(plans.resolve("starter.yaml"), starter());
    String own = Files.readString(berth.cluster().berthKubeconfig());
    Matcher server = Pattern.compile("server: (\\S+)").matcher(own);
    assertThat(server.find()).isTrue();
    apiServer = TcpProxy.to(URI.create(server.group(1)).getPort());
    Path kubeconfig =
        Files.writeString(
            folder.resolve("kubeconfig"),
            own.replace(server.group(1), "https://127.0.0.1:" + apiServer.port()));
    settings.put("BERTH_KUBECONFIG", kubeconfig.toString());
    settings.put("BERTH_CATALOGUE_DIRECTORY", plans.toString());
    settings.put("BERTH_CATALOGUE_POLL", "250ms");
    settings.put("BERTH_KUBERNETES_STALE_AFTER", "5s");
    settings.put("BERTH_WORK_BLOCKED_RECHECK", "3s");
    settings.put("BERTH_WORK_BACKOFF_MAX", "2s");
    replica = started();
  }

  String url() {
    return replica.url();
  }

  /** Another replica in the place of this one, with one setting more. */
  void restartsWith(String setting, String value) {
    replica.close();
    settings.put(setting, value);
    replica = started();
  }

  private Replica started() {
    Replica started = berth.replica(settings);
    started.start();
    started.awaitReady();
    return started;
  }

  void sends(TenantEvent event) throws Exception {
    controlPlane.send(event);
    controlPlane.flush();
  }

  void awaitPhase(String tenant, String phase) {
    await(tenant + " is " + phase)
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(database.tenants())
                .as("%s", database.notIn("READY", "OFFBOARDED"))
                .hasEntrySatisfying(tenant, row -> assertThat(row.phase()).isEqualTo(phase)));
  }

  void createsNamespace(String name) {
    administrator
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** Returns when this one is gone; Berth may have made another of the same name by then. */
  void deletesNamespace(String name) {
    Resource<Namespace> namespace = administrator.namespaces().withName(name);
    String uid = namespace.get().getMetadata().getUid();
    namespace.delete();
    await(name)
        .atMost(PATIENCE)
        .until(() -> {
          Namespace now = namespace.get();
          return now == null || !now.getMetadata().getUid().equals(uid);
        });
  }

  void startsPodThatStays(String tenant) {
    administrator.resource(STAYS).inNamespace("tenant-" + tenant).create();
  }

  void releasesPod(String tenant) {
    administrator
        .pods()
        .inNamespace("tenant-" + tenant)
        .withName("stays")
        .edit(pod -> new PodBuilder(pod).editMetadata().withFinalizers().endMetadata().build());
  }

  /** The nodes have what tenants take, and so many sandboxes of plan {@code starter} more. */
  void limitsRoomTo(int sandboxes) throws SQLException {
    long all = memoryTaken() + sandboxes * ONE_SANDBOX;
    long memory = all;
    for (Node node : administrator.nodes().list().getItems()) {
      memoryBefore.put(node.getMetadata().getName(), node.getStatus().getAllocatable().get(MEMORY));
      hasMemory(node.getMetadata().getName(), new Quantity(Long.toString(memory)));
      memory = 0;
    }
    await("Berth knows it")
        .atMost(PATIENCE)
        .until(() ->
            Line.now("capacity", "-o", "json", "--url", url())
                .out()
                .contains("\"memory\" : " + all));
  }

  void givesRoomBack() {
    memoryBefore.forEach(this::hasMemory);
  }

  private void hasMemory(String node, Quantity memory) {
    administrator
        .nodes()
        .withName(node)
        .editStatus(it ->
            new NodeBuilder(it)
                .editStatus()
                .addToAllocatable(MEMORY, memory)
                .addToCapacity(MEMORY, memory)
                .endStatus()
                .build());
  }

  private long memoryTaken() throws SQLException {
    try (Connection connection = berth.postgres().dataSource().getConnection();
        ResultSet sum =
            connection.createStatement().executeQuery("SELECT sum(memory) FROM placement")) {
      sum.next();
      return sum.getLong(1);
    }
  }

  void changesQuota(String tenant) {
    quota(tenant)
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("by-hand")
                .build(),
            "{\"spec\": {\"hard\": {\"pods\": \"%s\"}}}".formatted(BY_HAND));
  }

  void awaitQuotaBack(String tenant) {
    Quantity byHand = new Quantity(BY_HAND);
    await("the quota of " + tenant)
        .atMost(PATIENCE)
        .until(() -> !byHand.equals(quota(tenant).get().getSpec().getHard().get("pods")));
  }

  private Resource<ResourceQuota> quota(String tenant) {
    return administrator.resourceQuotas().inNamespace("tenant-" + tenant).withName("berth");
  }

  List<Subject> ownersOf(String tenant) {
    return administrator
        .rbac()
        .roleBindings()
        .inNamespace("tenant-" + tenant)
        .withName("berth-owner")
        .get()
        .getSubjects();
  }

  TcpProxy apiServer() {
    return apiServer;
  }

  void writesPlan(String name, String body) throws IOException {
    Path draft = Files.writeString(plans.resolve("." + name), body);
    Files.move(
        draft,
        plans.resolve(name + ".yaml"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  static String starter() throws IOException {
    return Files.readString(
        Path.of(System.getProperty("basedir", ""), "src/main/resources/plans/starter.yaml"));
  }

  private static KubernetesClient administrator(PackagedBerth berth) {
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("platform");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public void close() {
    administrator.close();
    controlPlane.close();
    berth.close();
    apiServer.close();
  }
}
