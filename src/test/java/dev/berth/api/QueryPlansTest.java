package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.EventStream;
import dev.berth.api.stage.Stand;
import dev.berth.api.stage.Statements;
import dev.berth.bench.ManyTenants;
import dev.berth.store.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With 10,000 tenants no call reads all of them, or all of their steps: the plans are those that
 * PostgreSQL keeps for whatever values come.
 */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Told.class)
class QueryPlansTest {

  private static final Pattern READS_ALL =
      Pattern.compile("Seq Scan on (tenant|outbox)(\\s|$)", Pattern.MULTILINE);

  /** It takes all tenants, once in a while and however many ask. */
  private static final String FIGURES = "WITH stands AS";

  private final DataSource database;
  private final String url;
  private final String user;
  private final String password;

  QueryPlansTest(
      DataSource database,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      @ConfigProperty(name = "quarkus.datasource.username") String user,
      @ConfigProperty(name = "quarkus.datasource.password") String password) {
    this.database = database;
    this.url = url;
    this.user = user;
    this.password = password;
  }

  @BeforeEach
  void tenThousandTenants() throws SQLException {
    if (Sql.one(database, "SELECT count(*) FROM tenant").equals("0")) {
      ManyTenants.fill(database, 10_000, 3);
    }
  }

  /** Else what another test read shortly before would not be asked for. */
  @BeforeEach
  void nothingIsFresh() {
    Stand.goesOn(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tenants",
        "tenants?phase=BLOCKED",
        "tenants?phase=BLOCKED,FAILED&reason=QuotaTooSmall",
        "tenants?reason=NoRoom",
        "tenants?plan=team",
        "tenants?plan=team@2",
        "tenants?label=cost-center=4001",
        "tenants?stuckFor=1h",
        "tenants?q=tenant-07",
        "tenants/tenant-00007",
        "tenants/tenant-00007?waitFor=BLOCKED&timeout=2s",
        "tenants/tenant-00007/explain",
        "tenants/tenant-00007/timeline?outcome=failed",
        "fleet",
        "capacity",
        "capacity/line?pool=%7Bkubernetes.azure.com/kata-vm-isolation=true%7D&limit=5",
        "plans",
        "plans/team"
      })
  void aCallDoesNotReadAllTenantsOrSteps(String path) {
    var sent =
        Statements.of(
            () -> assertThat(Caller.viewer().get("/api/v1/" + path).statusCode()).isEqualTo(200));

    assertThat(sent).isNotEmpty().allSatisfy(this::assertReadsFew);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/tenants?stuckFor=1h",
        "/tenants/tenant-00007",
        "/tenants/tenant-00007/actions/freeze",
        "/quarantine?state=open",
        "/capacity",
        "/plans"
      })
  void neitherDoesAPage(String path) {
    var sent =
        Statements.of(() ->
            assertThat(Caller.viewer().accept("text/html").get(path).statusCode()).isEqualTo(200));

    assertThat(sent).isNotEmpty().allSatisfy(this::assertReadsFew);
  }

  @Test
  void neitherDoStreams() {
    var sent =
        Statements.of(() -> {
          try (EventStream one = EventStream.open("/api/v1/tenants/tenant-00009/events", Map.of());
              EventStream all = EventStream.open("/api/v1/events", Map.of())) {
            one.await(1);
            all.awaitOpen();
            await().until(() -> Statements.seen().anyMatch(sql -> sql.contains("turn AS number")));
          }
        });

    assertThat(sent).hasSizeGreaterThan(2).allSatisfy(this::assertReadsFew);
  }

  /** Else the relay would be slower with each message that is published. */
  @Test
  void whatIsPendingIsNotLookedForAmongWhatIsPublished() {
    assertThat(
            plan(
                "SELECT 1 FROM outbox WHERE id = ANY (CAST(? AS uuid[])) AND published_at IS NULL"))
        .doesNotContain("outbox_published");
  }

  private void assertReadsFew(String sql) {
    if (!sql.contains(FIGURES)) {
      String plan = plan(sql);
      assertThat(READS_ALL.matcher(plan).find()).as("%s%n%s", sql, plan).isFalse();
    }
  }

  private String plan(String sql) {
    StringBuilder lines = new StringBuilder();
    // The other protocol would want a value for each parameter.
    try (Connection connection =
            DriverManager.getConnection(url + "?preferQueryMode=simple", user, password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + numbered(sql))) {
      while (rows.next()) {
        lines.append(rows.getString(1)).append('\n');
      }
      return lines.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String numbered(String sql) {
    Matcher parameter = Pattern.compile("\\?").matcher(sql);
    StringBuilder numbered = new StringBuilder();
    for (int i = 1; parameter.find(); i++) {
      parameter.appendReplacement(numbered, "\\$" + i);
    }
    return parameter.appendTail(numbered).toString();
  }
}
