package dev.berth.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Certificate;
import dev.berth.delivery.evidence.Intruder;
import dev.berth.local.process.TcpProxy;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a newcomer gets wrong is told in log and readiness: what, where, and what to do. Berth stays
 * up, takes nothing in hand, and begins once it is mended.
 */
class BadInputIT {

  private static final Set<String> KINDS =
      Set.of("runtimeclasses", "validatingadmissionpolicies", "mutatingadmissionpolicies");
  private static final Path STARTER =
      Path.of(System.getProperty("basedir", ""), "src/main/resources/plans/starter.yaml");
  private static final String POLICY = "berth-host-access";

  private static PackagedBerth berth;

  @TempDir Path folder;

  @BeforeAll
  static void partsRun() {
    berth = PackagedBerth.besideNewParts("bad-input");
  }

  @AfterAll
  static void endThem() {
    if (berth != null) {
      berth.close();
    }
  }

  @Test
  void whatIsWrongIsToldAndMendedWithoutARestart() throws Exception {
    Intruder user = new Intruder(berth.postgres(), "right");
    Path plan = Files.writeString(folder.resolve("plan.yaml"), "name: starter\nversion: none\n");
    Resource<ClusterRole> role = berth.cluster().client().rbac().clusterRoles().withName("berth");
    ClusterRole whole = role.get();
    role.edit(BadInputIT::withoutKinds);
    AclBinding denial = denial("berth-relay-local");
    try (TcpProxy kafka = TcpProxy.to(port(berth.kafka().bootstrapServers()));
        Admin admin = berth.kafka().admin();
        Replica replica =
            berth.replica(
                Map.of(
                    "DATABASE_URL", user.url("wrong"),
                    "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafka.port(),
                    "BERTH_CATALOGUE_DIRECTORY", folder.toString()))) {
      kafka.swallowEverything();
      admin.createAcls(List.of(denial)).all().get();
      replica.start();

      allIsTold(replica, kafka.port());
      assertThat(replica.isOpen()).isFalse();
      assertThat(replica.log()).doesNotContain("\tat dev.berth");

      user.password("wrong");
      kafka.recover();
      Files.copy(STARTER, plan, StandardCopyOption.REPLACE_EXISTING);
      ValidatingAdmissionPolicy policy = policies().withName(POLICY).get();
      policies().withName(POLICY).delete();
      role.edit(now -> new ClusterRoleBuilder(now).withRules(whole.getRules()).build());

      told(replica, "relay", "transactional id berth-relay-local", "Write and Describe");
      told(replica, "kubernetes", "policies are missing", POLICY, "kubectl apply -k k8s");

      policy.getMetadata().setResourceVersion(null);
      policy.getMetadata().setUid(null);
      policies().resource(policy).create();
      admin.deleteAcls(List.of(denial.toFilter())).all().get();

      replica.awaitReady();
      eventually(() -> assertThat(replica.isOpen()).isTrue());
      eventually(() -> assertThat(replica.readiness("kubernetes")).doesNotContain("faults"));
    } finally {
      role.edit(now -> new ClusterRoleBuilder(now).withRules(whole.getRules()).build());
    }
  }

  @Test
  void aCertificateOfAnotherAuthorityIsTold() throws Exception {
    Certificate theirs = Certificate.in(folder.resolve("theirs"));
    Certificate ours = Certificate.in(folder.resolve("ours"));
    theirs.servePostgres(berth.postgres());
    try (AutoCloseable broker = theirs.serve();
        Replica replica =
            berth.replica(
                Map.of(
                    "DATABASE_URL",
                    berth.postgres().databaseUrl()
                        + "?sslmode=verify-full&sslrootcert="
                        + ours.pem(),
                    "KAFKA_BOOTSTRAP_SERVERS",
                    "127.0.0.1:" + theirs.port(),
                    "KAFKA_SECURITY_PROTOCOL",
                    "SSL",
                    "KAFKA_SSL_TRUSTSTORE_TYPE",
                    "PEM",
                    "KAFKA_SSL_TRUSTSTORE_LOCATION",
                    ours.pem().toString()))) {
      replica.start();

      told(replica, "schema", "no secure connection to PostgreSQL", "sslrootcert");
      told(replica, "topics", "no secure connection to Kafka", "kafka.ssl.truststore");
    }
  }

  private static void allIsTold(Replica replica, int kafka) {
    told(replica, "schema", "refuses user 'intruder'", "quarkus.datasource.username and .password");
    told(replica, "topics", "no Kafka answers at 127.0.0.1:" + kafka);
    told(replica, "plans", "plan.yaml", "version");
    told(replica, "kubernetes", "runtimeclasses cannot be read", "apply k8s/base");
    told(replica, "kubernetes", "validatingadmissionpolicies cannot be read");
  }

  private static NonNamespaceOperation<
          ValidatingAdmissionPolicy, ?, Resource<ValidatingAdmissionPolicy>>
      policies() {
    return berth.cluster().client().admissionRegistration().v1().validatingAdmissionPolicies();
  }

  private static void told(Replica replica, String check, String... words) {
    eventually(() -> assertThat(replica.readiness(check)).contains(words));
    eventually(() -> assertThat(replica.log()).contains(words));
  }

  private static void eventually(ThrowingRunnable wanted) {
    await().atMost(Duration.ofMinutes(4)).untilAsserted(wanted);
  }

  private static ClusterRole withoutKinds(ClusterRole role) {
    role.getRules().forEach(rule -> rule.getResources().removeAll(KINDS));
    role.getRules().removeIf(rule -> rule.getResources().isEmpty());
    return role;
  }

  private static AclBinding denial(String transactionalId) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, transactionalId, PatternType.LITERAL),
        new AccessControlEntry("User:ANONYMOUS", "*", AclOperation.WRITE, AclPermissionType.DENY));
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }
}
