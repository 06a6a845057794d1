package dev.berth.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.delivery.evidence.Arrivals;
import dev.berth.delivery.evidence.Database;
import dev.berth.delivery.evidence.Verification;
import dev.berth.local.process.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Kafka that Berth must tell who it is, and that gives it the documented rights alone. */
class SecuredBrokerIT {
  private static final String USER = "berth";
  private static final String PASSWORD = "berth-of-the-container-lane";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private ContainerStage stage;
  private Admin admin;

  @BeforeEach
  void partsRun() {
    stage = new ContainerStage("secured-broker");
    admin = stage.kafka().admin();
  }

  @AfterEach
  void endThem() throws Exception {
    if (admin != null) {
      admin.close();
    }
    if (stage != null) {
      stage.close();
    }
  }

  @Test
  void theDocumentedRightsAreEnoughAndNothingIsPublishedWithoutThem() throws Exception {
    Arrivals arrivals = new Arrivals(new Random(2));
    Database database = new Database(stage.postgres());
    admin
        .alterUserScramCredentials(
            List.of(
                new UserScramCredentialUpsertion(
                    USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), PASSWORD)))
        .all()
        .get();
    List<AclBinding> rights = DocumentedRights.of(USER, "local", admin.listTopics().names().get());
    List<AclBinding> ofLifecycle =
        rights.stream().filter(it -> it.pattern().name().equals("tenant.lifecycle")).toList();
    assertThat(ofLifecycle).hasSize(3);
    admin.createAcls(rights).all().get();
    admin.deleteAcls(ofLifecycle.stream().map(AclBinding::toFilter).toList()).all().get();
    BerthContainer berth = stage.berth(settings()).start();

    stage.sendAtOnce(arrivals, 10);
    await("tenants are opened, and nobody is told")
        .atMost(PATIENCE)
        .ignoreExceptions() // before it has made its tables
        .until(() -> database.count("READY", "%") > 0 && database.unpublished() > 0);
    assertThat(berth.isReady()).isFalse();
    await("it says why")
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(berth.log()).contains("tenant.lifecycle"));

    admin.createAcls(ofLifecycle).all().get();
    Verification verification = stage.onceAtRest(arrivals);
    berth.awaitReady();
    Progress.toConsole()
        .say("SASL_SSL with %d rights: %s".formatted(rights.size(), verification.summary()));
    verification.check();
  }

  private Map<String, String> settings() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        stage.broker().securedAddress(),
        "KAFKA_SECURITY_PROTOCOL",
        "SASL_SSL",
        "KAFKA_SASL_MECHANISM",
        "SCRAM-SHA-512",
        "KAFKA_SASL_JAAS_CONFIG",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(USER, PASSWORD),
        "KAFKA_SSL_TRUSTSTORE_TYPE",
        "PEM",
        "KAFKA_SSL_TRUSTSTORE_LOCATION",
        "/etc/kafka-keys/" + BrokerKeys.CERTIFICATE);
  }
}
