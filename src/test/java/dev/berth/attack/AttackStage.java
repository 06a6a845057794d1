package dev.berth.attack;

import static dev.berth.attack.Paths.ALPHA;
import static dev.berth.attack.Paths.RELAXED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.ControlPlane;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.TenantEvent;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.NetworkEngines;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Two tenants as Berth leaves them when they are READY, and then no Berth: nothing that is taken
 * away is repaired, and nobody is closed for it.
 */
final class AttackStage implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final PackagedBerth berth = PackagedBerth.besideNewParts("attack");
  private final Map<Identity, Caller> callers = new EnumMap<>(Identity.class);

  /** An administrator who broke the glass: no policy stops this one. */
  final Caller platform = new Caller(as("platform", "system:masters", "berth:break-glass"));

  Reply send(Attack attack) {
    return attack.request().send(callers.get(attack.identity()));
  }

  Reply sendDry(Attack attack) {
    return attack.request().dry().send(callers.get(attack.identity()));
  }

  AttackStage open() throws Exception {
    onboard();
    removeTheDefaults();
    makeAnAdministratorOfOneOwner();
    String token = tokenOfAPod();
    for (Identity identity : Identity.values()) {
      callers.put(identity, new Caller(config(identity, token)));
    }
    prepare();
    return this;
  }

  private void onboard() throws Exception {
    Replica replica = berth.replica(Map.of());
    replica.start();
    replica.awaitReady();
    try (ControlPlane controlPlane = new ControlPlane(berth.kafka())) {
      controlPlane.send(TenantEvent.created("alpha", "team", 1));
      controlPlane.send(TenantEvent.created("beta", "starter", 1));
      controlPlane.flush();
    }
    Database database = new Database(berth.postgres());
    await("both tenants are READY")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(database.count("READY", "%")).isEqualTo(2));
    replica.close();
  }

  /** They are a comfort: what holds must hold without them. */
  private void removeTheDefaults() {
    for (String name : new String[] {"berth-sandbox-default", "berth-images-default"}) {
      String binding = "mutatingadmissionpolicybindings/" + name;
      assertThat(platform.delete(Paths.ADMISSION + binding).code()).isEqualTo(200);
    }
  }

  private void makeAnAdministratorOfOneOwner() {
    String binding =
        """
        {'metadata': {'name': 'opened'}, 'subjects': [{'kind': 'User', 'name': '%s'}],
         'roleRef': {'apiGroup': 'rbac.authorization.k8s.io', 'kind': 'ClusterRole', 'name': 'cluster-admin'}}\
        """
            .formatted(Identity.OPENED.user);
    assertThat(platform.post(Paths.RBAC + "clusterrolebindings", binding).code()).isEqualTo(201);
  }

  private String tokenOfAPod() {
    Reply token = platform.post(ALPHA + "/serviceaccounts/default/token", "{'spec': {}}");
    assertThat(token.code()).isEqualTo(201);
    return token.body().at("/status/token").asText();
  }

  private void prepare() {
    NetworkEngines.serve(platform, "cilium.io", "ciliumnetworkpolicies", "CiliumNetworkPolicy");
    for (String namespace : new String[] {ALPHA, RELAXED}) {
      Reply victim =
          Request.create("a pod to attack", namespace + "/pods", Pods.named("victim"))
              .send(callers.get(Identity.OWNER));
      assertThat(victim.code()).as(victim.message()).isEqualTo(201);
    }
    Labels.removePodSecurity(platform, RELAXED);
    await("everything that was prepared acts")
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          assertThat(code(Request.read("", "/api/v1/nodes"), Identity.OPENED)).isEqualTo(200);
          assertRefused(ALPHA, Pods.ofClass("null"), Guard.BERTH_SANDBOX);
          assertRefused(RELAXED, Pods.withSpec("{'hostNetwork': true}"), Guard.BERTH_HOST_ACCESS);
          assertRefused(
              ALPHA, Pods.withContainer("{'imagePullPolicy': 'Never'}"), Guard.BERTH_IMAGES);
        });
  }

  private void assertRefused(String namespace, String pod, Guard guard) {
    Attack attack = Request.create("", namespace + "/pods", pod).by(Identity.OPENED, guard);
    assertThat(guard.refused(sendDry(attack))).isTrue();
  }

  private int code(Request request, Identity identity) {
    return request.send(callers.get(identity)).code();
  }

  private Config config(Identity identity, String tokenOfAPod) {
    return switch (identity) {
      case ANONYMOUS -> bare().build();
      case WORKLOAD -> bare().withOauthToken(tokenOfAPod).build();
      case WORKLOAD_AS_ADMINISTRATOR, WORKLOAD_AS_BERTH ->
          bare()
              .withOauthToken(tokenOfAPod)
              .withImpersonateUsername(identity.user)
              .withImpersonateGroups(identity.groups)
              .build();
      default -> as(identity.user, identity.groups);
    };
  }

  private Config as(String user, String... groups) {
    Config config = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    config.setRequestRetryBackoffLimit(0);
    return config;
  }

  /** Without the administrator's credentials. */
  private ConfigBuilder bare() {
    Config administrators = Config.fromKubeconfig(berth.cluster().kubeconfig().toFile());
    return new ConfigBuilder(Config.empty())
        .withMasterUrl(administrators.getMasterUrl())
        .withCaCertData(administrators.getCaCertData())
        .withRequestRetryBackoffLimit(0);
  }

  @Override
  public void close() {
    berth.close();
  }
}
