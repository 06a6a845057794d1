package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiWithIntake;
import dev.berth.api.stage.Tokens;
import dev.berth.event.Records;
import dev.berth.provisioning.intake.Intake;
import dev.berth.store.Sql;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about what was not taken, on the running API. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiWithIntake.class)
class QuarantineCommandsTest {

  private static final AtomicLong OFFSET = new AtomicLong(800_000);

  private final Intake intake;
  private final DataSource database;
  private final String tenant = "k" + UUID.randomUUID().toString().substring(0, 8);

  @TestHTTPResource String url;
  @TempDir Path folder;

  QuarantineCommandsTest(Intake intake, DataSource database) {
    this.intake = intake;
    this.database = database;
  }

  @BeforeEach
  void aTokenInAFile() throws IOException {
    Files.writeString(folder.resolve("token"), Tokens.of("berth-operator"));
  }

  @Test
  void whatIsOpenIsListedAndShown() throws Exception {
    String id = rejected(3_000_000);

    assertThat(berth("quarantine", "list", "--tenant", tenant).lines())
        .satisfiesExactly(
            head -> assertThat(head).matches("RECORD +AGE +REASON +WHO +TENANT +SOURCE +STATE"),
            row ->
                assertThat(row)
                    .matches(
                        id
                            + " +\\S+ +GenerationGap +CONTROL_PLANE_TEAM +"
                            + tenant
                            + " +/control-plane +open"));
    assertThat(berth("quarantine", "list", "--tenant", tenant, "-o", "name").lines())
        .containsExactly(id);
    assertThat(
            berth("quarantine", "list", "--tenant", tenant, "--state", "discarded", "-o", "name")
                .lines())
        .isEmpty();
    assertThat(berth("quarantine", "show", id).out())
        .contains("GenerationGap", "/generation: generation 3000000 is more than");
    assertThat(berth("quarantine", "show", id, "-o", "name").lines()).containsExactly(id);
    assertThat(berth("quarantine", "show", UUID.randomUUID().toString()).code()).isEqualTo(3);
    assertThat(berth("quarantine", "list", "--reason", "no").err()).contains("reason must be");
  }

  @Test
  void aRecordIsReplayedWithAReasonAndAnOpenOneIsAFailure() throws Exception {
    String id = rejected(3_000_000);

    Line dry = berth("quarantine", "replay", id, "--dry-run");
    assertThat(dry.code()).isEqualTo(1);
    assertThat(dry.lines().getLast())
        .matches(id + " +REJECTED +GenerationGap +open +generation .*");
    assertThat(berth("quarantine", "replay", id))
        .matches(line -> line.code() == 2 && line.err().contains("--why"));
    assertThat(berth("quarantine", "replay", "--why", "x")).matches(line -> line.code() == 2);

    take(900_000);
    take(1_800_000);
    take(2_500_000);
    Line done = berth("quarantine", "replay", id, "--why", "it fits now");

    assertThat(done.code()).as(done.err()).isZero();
    assertThat(done.lines().getLast())
        .matches("\\S{36} +DONE +APPLIED: as generation 3000000 of " + tenant);
    assertThat(berth("quarantine", "replay", id, "--why", "again").err())
        .contains("409 ActionNotPossible", "it was replayed before: APPLIED");
  }

  @Test
  void manyAreTakenCareOfOnceThePersonSaysYes() throws Exception {
    rejected(3_000_000);
    rejected(4_000_000);
    String[] discard = {
      "quarantine", "discard", "--tenant", tenant, "--why", "a test of the producer"
    };

    assertThat(berth("quarantine", "discard", "--tenant", tenant, "--dry-run").lines()).hasSize(3);
    Line no = answering("n\n", discard);
    assertThat(no.code()).isEqualTo(1);
    assertThat(no.err()).contains("to discard: 2 records", "Really discard them? [y/N]");
    assertThat(answering("", discard).code()).as("nobody there").isEqualTo(1);
    assertThat(berth("quarantine", "list", "--tenant", tenant, "-o", "name").lines()).hasSize(2);

    Line yes = answering("y\n", discard);

    assertThat(yes.code()).as(yes.err()).isZero();
    assertThat(yes.out()).contains("DISCARDED 2; 0 are left");
    assertThat(berth("quarantine", "discard", "--tenant", tenant, "--why", "x", "--yes").code())
        .isZero();
  }

  /** Nobody has seen it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "2999-01-01T00:00:00Z"})
  void whatComesWhileThePersonThinksIsLeft(String until) throws Exception {
    rejected(3_000_000);
    List<String> discard =
        new ArrayList<>(List.of("quarantine", "discard", "--tenant", tenant, "--why", "noise"));
    if (!until.isEmpty()) {
      discard.addAll(List.of("--until", until));
    }

    Line done = answering(yesAfter(() -> take(4_000_000)), discard.toArray(String[]::new));

    assertThat(done.out()).as(done.err()).contains("DISCARDED 1; 0 are left");
    assertThat(berth("quarantine", "list", "--tenant", tenant, "-o", "name").lines()).hasSize(1);
  }

  @Test
  void moreThanOneActionTakesIsTakenCareOfByMore() throws Exception {
    Sql.run(
        database,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_tenant, reason, message, headers, sent_at)
        SELECT gen_random_uuid(), 'tenant.events', 0, 900000 + n, '%1$s', '%1$s', 'NoKey', 'why', '', now()
          FROM generate_series(1, 502) n\
        """
            .formatted(tenant));

    Line done = berth("quarantine", "discard", "--tenant", tenant, "--why", "noise", "--yes");

    assertThat(done.lines())
        .satisfiesExactly(
            head -> assertThat(head).startsWith("ACTION"),
            first -> assertThat(first).endsWith("DISCARDED 500; 2 are left"),
            second -> assertThat(second).endsWith("DISCARDED 2; 0 are left"));
  }

  /** The claims of a record are text of whoever sent it. */
  @Test
  void whatARecordClaimsReachesNoTerminalAsItIs() throws Exception {
    Sql.run(
        database,
        """
        INSERT INTO refused (id, topic, "partition", "offset", sha256, claimed_source, claimed_tenant, reason, message,
                             headers, sent_at)
        VALUES (gen_random_uuid(), 'tenant.events', 0, 990000, '%1$s', U&'/a\\001b[2J\\202e', '%1$s', 'NoKey',
                U&'\\009b31m<script>\\0007', '', now())\
        """
            .formatted(tenant));

    for (String format : List.of("table", "wide", "json", "yaml")) {
      Line line = berth("quarantine", "list", "--tenant", tenant, "-o", format);
      assertThat(line.out()).doesNotContain("\u001b", "\u202e", "\u009b", "\u0007");
      assertThat(line.lines().size()).isGreaterThan(1);
    }
  }

  private Line berth(String... command) {
    return answering("", command);
  }

  private Line answering(String answer, String... command) {
    return answering(new ByteArrayInputStream(answer.getBytes(UTF_8)), command);
  }

  private Line answering(InputStream answer, String... command) {
    List<String> args = new ArrayList<>(List.of(command));
    args.addAll(List.of("--url", url, "--token-file", folder.resolve("token").toString()));
    return Line.answering(answer, args.toArray(String[]::new));
  }

  private static InputStream yesAfter(Runnable event) {
    return new ByteArrayInputStream("y\n".getBytes(UTF_8)) {
      @Override
      public synchronized int read(byte[] into, int offset, int length) {
        event.run();
        return super.read(into, offset, length);
      }
    };
  }

  private String rejected(long generation) throws Exception {
    take(generation);
    return Sql.one(
        database,
        "SELECT id FROM refused WHERE claimed_tenant = '%s' ORDER BY \"offset\" DESC LIMIT 1"
            .formatted(tenant));
  }

  private void take(long generation) {
    intake.take(
        Records.of(
                tenant,
                Records.CREATED,
                "{\"generation\": %d, \"plan\": \"starter\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]}"
                    .formatted(generation))
            .set("ce_id", tenant + generation)
            .rawAt(OFFSET.incrementAndGet()));
  }
}
