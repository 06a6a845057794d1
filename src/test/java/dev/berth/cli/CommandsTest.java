package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Tokens;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on the running API. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class CommandsTest {

  private final String id = "c" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion plan = new PlanVersion(id, 1);
  private final Tenants tenants;

  @TestHTTPResource String url;
  @TempDir Path folder;

  CommandsTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @BeforeEach
  void aTokenInAFile() throws IOException {
    Files.writeString(folder.resolve("token"), Tokens.viewer() + "\n");
  }

  @Test
  void aListIsATableForPeopleAndNamesOrDocumentsForScripts() throws IOException {
    store(Samples.blocked(id + "-b", plan), Samples.ready(id + "-r", plan));

    assertThat(berth("list", "--plan", id).lines())
        .satisfiesExactly(
            head -> assertThat(head).matches("TENANT +PHASE +REASON +FOR +WHO +PLAN +GENERATION"),
            row -> assertThat(row).matches(id + "-b +BLOCKED +QuotaTooSmall +- +PLATFORM_TEAM .*"),
            row -> assertThat(row).matches(id + "-r +READY +Provisioned +- +NOBODY .*"));
    assertThat(berth("list", "--plan", id, "-o", "name").lines())
        .containsExactly(id + "-b", id + "-r");
    assertThat(berth("list", "--plan", id, "--phase", "READY", "-o", "yaml").out())
        .contains("tenantId: " + id + "-r", "nextCursor: null");
    String json = berth("get", id + "-b", "-o", "json").out();
    assertThat(JsonMapper.builder().build().readTree(json).path("phase").asText())
        .isEqualTo("BLOCKED");
  }

  @Test
  void aPageSaysWhereTheNextOneBegins() {
    store(Samples.ready(id + "-1", plan), Samples.ready(id + "-2", plan));

    Line first = berth("list", "--plan", id, "--limit", "1", "-o", "name");
    String cursor = first.err().strip().replaceFirst(".*--cursor ", "");

    assertThat(first.lines()).containsExactly(id + "-1");
    assertThat(berth("list", "--plan", id, "--cursor", cursor, "-o", "name").lines())
        .containsExactly(id + "-2");
  }

  @Test
  void explainSaysWhatHoldsATenantBackAndWaitEndsForIt() {
    store(Samples.blocked(id, plan));

    Line explained = berth("explain", id);
    Line waited = berth("wait", id, "--for", "READY");

    assertThat(explained.out()).startsWith(id + " is BLOCKED.").contains("For the platform team: ");
    assertThat(waited.code()).isEqualTo(5);
    assertThat(waited.err()).contains(id + " is BLOCKED.");
    assertThat(berth("wait", id, "--for", "BLOCKED").code()).isZero();
    assertThat(berth("wait", id, "--for", "FAILED", "--timeout", "0").code()).isEqualTo(5);
  }

  @Test
  void waitEndsWhenItsTimeIsOver() {
    store(Samples.ready(id, plan));

    Line waited = berth("wait", id, "--for", "UPDATING", "--timeout", "0");

    assertThat(waited.code()).isEqualTo(4);
    assertThat(waited.err()).contains(id + " is READY");
  }

  @Test
  void statusBeginsWithWhatNeedsAPerson() {
    store(Samples.blocked(id, plan), Samples.ready(id + "-r", plan));

    List<String> lines = berth("status").lines();

    assertThat(lines.getFirst()).matches("WHAT +REASON +NUMBER +FOR +WHO");
    assertThat(lines)
        .anyMatch(line -> line.matches("BLOCKED +QuotaTooSmall +\\d+ .*PLATFORM_TEAM"));
    assertThat(lines.getLast()).matches("READY +- +\\d+ .*");
  }

  @Test
  void plansCapacityAndTheTimelineAreTables() {
    store(Samples.ready(id, plan));

    assertThat(berth("plans").err()).isEmpty();
    assertThat(berth("plans").lines())
        .anyMatch(line -> line.matches("PLAN +OFFERED +TENANTS +RELEASED"))
        .anyMatch(line -> line.matches("team@2 +yes +\\d+ .*"));
    assertThat(berth("capacity").lines().getFirst()).startsWith("POOL");
    assertThat(berth("timeline", id, "--failed").lines().getFirst())
        .matches("WHAT +TIME +TIMES +TYPE +STATE +REASON +MESSAGE");
    assertThat(berth("timeline", "nobody").code()).isEqualTo(3);
  }

  @Test
  void whatGoesWrongIsOnStderrWithACodeOfItsOwn() {
    assertThat(berth("get", "nobody")).matches(line -> line.code() == 3 && line.out().isEmpty());
    assertThat(berth("list", "--phase", "no").err())
        .contains("400 InvalidParameter", "phase must be");
    assertThat(Line.of("get", "acme", "--url", url).code()).isEqualTo(7);
    assertThat(Line.of("get").code()).isEqualTo(2);
    Line nobody = Line.of("status", "--url", "http://127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(1);
    assertThat(nobody.err()).contains("Berth does not answer at http://127.0.0.1:1", "BERTH_URL");
  }

  @Test
  void anAnswerOfSomethingElseIsNotTakenForNothing() throws IOException {
    HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        call -> {
          call.getResponseHeaders().add("Content-Type", "text/html");
          call.sendResponseHeaders(200, 0);
          call.getResponseBody().write("<p>Welcome".getBytes(UTF_8));
          call.close();
        });
    other.start();
    try {
      String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort();
      for (String command : List.of("status", "list", "plans")) {
        Line line = Line.of(command, "--url", elsewhere);
        assertThat(line).matches(it -> it.code() == 1 && it.out().isEmpty());
        assertThat(line.err()).contains("Is this a Berth?", "text/html", "--url");
      }
    } finally {
      other.stop(0);
    }
  }

  @Test
  void anOperatorActsAndSeesWhatWasDone() throws IOException {
    Files.writeString(folder.resolve("token"), Tokens.of("berth-operator"));
    store(Samples.ready(id, plan));

    Line taken = berth("freeze", id, "--why", "a leaked key");

    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.lines().getLast()).contains("freeze", "PENDING", "alice", "a leaked key");
    assertThat(berth("actions", id).lines())
        .satisfiesExactly(
            head -> assertThat(head).matches("ACTION +TIME +KIND +STATE +WHO +WHY"),
            row -> assertThat(row).contains("freeze", "PENDING"));
    assertThat(berth("actions", id, "-o", "name").lines()).hasSize(1);
  }

  @Test
  void anAdminMovesATenantToAClassThatIsNamed() throws IOException {
    Files.writeString(folder.resolve("token"), Tokens.of("berth-admin"));
    store(Samples.ready(id, plan));

    assertThat(berth("move", id, "--why", "larger nodes").code()).as("nowhere").isEqualTo(2);
    Line taken = berth("move", id, "--to", "kata-large", "--why", "larger nodes");

    assertThat(taken.code()).as(taken.err()).isZero();
    assertThat(taken.lines().getLast()).contains("move", "PENDING", "alice");
  }

  @Test
  void whatIsNotTakenHasACodeOfItsOwn() throws IOException {
    store(Samples.ready(id, plan));
    assertThat(berth("freeze", id, "--why", "r").code()).as("a viewer").isEqualTo(7);

    Files.writeString(folder.resolve("token"), Tokens.of("berth-operator"));
    Line refused = berth("withdraw", id, "--why", "r");
    assertThat(refused.code()).isEqualTo(6);
    assertThat(berth("look", "nobody", "--why", "r").code()).isEqualTo(3);
    assertThat(berth("look", id).code()).as("without a reason").isEqualTo(2);
  }

  private Line berth(String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--url", url, "--token-file", folder.resolve("token").toString()));
    return Line.of(args.toArray(String[]::new));
  }

  private void store(Tenant... all) {
    QuarkusTransaction.requiringNew().run(() -> List.of(all).forEach(tenants::remember));
  }
}
