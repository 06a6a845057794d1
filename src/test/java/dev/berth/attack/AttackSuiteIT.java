package dev.berth.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.attack.tried.Attacks;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import dev.berth.installation.owner.Workload;
import dev.berth.local.process.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A tenant attacks, as everybody it may be, and no attack succeeds; then each guard is taken away,
 * and one does.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackSuiteIT {
  private static final Duration UNTIL_IT_ACTS = Duration.ofMinutes(2);

  private static final AttackTable TABLE = new AttackTable();
  private static AttackStage stage;
  private static Caller platform;

  @BeforeAll
  static void twoTenantsAreReadyAndBerthIsGone() throws Exception {
    stage = new AttackStage();
    stage.open();
    platform = stage.platform;
  }

  @AfterAll
  static void endThem() {
    if (stage != null) {
      stage.close();
    }
  }

  @TestFactory
  @Order(1)
  Stream<DynamicTest> everyAttackIsRefusedByItsGuard() {
    return Attacks.ALL.stream()
        .map(attack ->
            dynamicTest(
                "%s is refused by %s".formatted(attack, attack.expected()),
                () -> {
                  Reply reply = stage.send(attack);

                  assertThat(attack.expected().refused(reply))
                      .as("%d %s", reply.code(), reply.message())
                      .isTrue();
                  TABLE.refused(attack);
                }));
  }

  @TestFactory
  @Order(2)
  Stream<DynamicTest> withoutAGuardAnAttackSucceeds() {
    return Arrays.stream(Guard.values())
        .filter(Guard::isRemovable)
        .map(guard -> dynamicTest("without " + guard, () -> withoutIt(guard)));
  }

  private static void withoutIt(Guard guard) {
    List<Attack> attacks = Attacks.refusedBy(guard);
    Runnable putBack = new Removal(platform).of(guard);
    try {
      await("the removal of " + guard + " acts")
          .atMost(UNTIL_IT_ACTS)
          .pollDelay(Duration.ZERO)
          .until(() -> attacks.stream().anyMatch(AttackSuiteIT::succeeds));
      TABLE.succeededWithout(guard, attacks.stream().filter(AttackSuiteIT::succeeds).toList());
    } finally {
      putBack.run();
    }
    await(guard + " acts again")
        .atMost(UNTIL_IT_ACTS)
        .until(() -> attacks.stream().noneMatch(AttackSuiteIT::succeeds));
  }

  private static boolean succeeds(Attack attack) {
    return stage.sendDry(attack).code() < 300;
  }

  @Test
  @Order(3)
  void noTemplateOfAnotherClassEverGetsAPod() {
    List<Workload> workloads =
        List.of(Workload.DEPLOYMENT, Workload.REPLICA_SET, Workload.STATEFUL_SET, Workload.JOB);
    for (Workload workload : workloads) {
      String template = workload.of(Pods.specOfClass("'berth-probe'"));
      Attack allowed =
          Request.create("", workload.collection("tenant-alpha"), template)
              .by(Identity.OWNER, Guard.BERTH_SANDBOX);
      assertThat(stage.send(allowed).code()).isEqualTo(201);
    }

    await("each controller is refused by the sandbox")
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(() ->
            assertThat(failedCreations())
                .anyMatch(it -> it.startsWith("ReplicaSet w-"))
                .contains("ReplicaSet w", "StatefulSet w", "Job w"));
    assertThat(items(Paths.ALPHA + "/pods"))
        .extracting(pod -> pod.at("/metadata/name").asText())
        .containsExactly("victim");
  }

  /** CVE-2023-30622: a wildcard somewhere in a role. */
  @Test
  @Order(3)
  void ownersAndViewersHaveNoWildcard() {
    for (Identity identity : List.of(Identity.OWNER, Identity.VIEWER, Identity.WORKLOAD)) {
      Reply rules =
          stage.send(
              Request.create(
                      "",
                      "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
                      "{'spec': {'namespace': 'tenant-alpha'}}")
                  .by(identity, Guard.RBAC));

      assertThat(rules.code()).isEqualTo(201);
      assertThat(rules.body().at("/status/resourceRules")).isNotEmpty();
      assertThat(rules.body().at("/status/resourceRules").toString()).doesNotContain("\"*\"");
    }
  }

  @Test
  @Order(4)
  void theCountsAreAsPromised() throws IOException {
    String table = TABLE.text();
    Progress.toConsole().say("attacks:\n" + table);
    Files.writeString(
        Path.of(System.getProperty("basedir", ""), "target", "attack-table.md"), table);

    assertThat(TABLE.refused()).hasSameSizeAs(Attacks.ALL);
    assertThat(Attacks.ALL.stream().map(Attack::toString)).doesNotHaveDuplicates();
    assertThat(Attacks.ALL).hasSizeGreaterThanOrEqualTo(120);
    assertThat(Attacks.ALL)
        .filteredOn(attack -> attack.identity() == Identity.OPENED)
        .hasSizeGreaterThanOrEqualTo(40);
  }

  /** Kind and name of what could not make a pod because of the sandbox. */
  private static List<String> failedCreations() {
    return items(Paths.ALPHA + "/events?fieldSelector=reason=FailedCreate").stream()
        .filter(event -> event.path("message").asText().contains("'berth-sandbox' with binding"))
        .map(event -> event.path("involvedObject"))
        .map(object -> object.path("kind").asText() + " " + object.path("name").asText())
        .toList();
  }

  private static List<JsonNode> items(String path) {
    return StreamSupport.stream(platform.get(path).body().path("items").spliterator(), false)
        .toList();
  }
}
