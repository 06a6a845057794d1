package dev.berth.api.tenants;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** G7: one row that cannot be read hides no other tenant. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class UnreadableTest {

  private static final String TENANTS = "/api/v1/tenants";

  private final Tenants tenants;
  private final DataSource dataSource;
  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);

  UnreadableTest(Tenants tenants, DataSource dataSource) {
    this.tenants = tenants;
    this.dataSource = dataSource;
  }

  @Test
  void theOthersAreListedAndThisOneIsAProblemDocument() throws Exception {
    for (String id : List.of("-a", "-b", "-c")) {
      store(Samples.ready(plan + id, new PlanVersion(plan, 1)));
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE tenant SET desired = '[]', conditions = '7' WHERE tenant_id = '%s-b'"
              .formatted(plan));
    }

    List<String> seen = new ArrayList<>();
    String cursor = "";
    for (int page = 0; cursor != null; page++) {
      Response answer = given().get(TENANTS + "?limit=1&plan=" + plan + cursor);
      assertThat(answer.statusCode()).isEqualTo(200);
      seen.addAll(answer.jsonPath().getList("items.tenantId"));
      String next = answer.jsonPath().getString("nextCursor");
      cursor = next == null ? null : "&cursor=" + next;
      assertThat(page).isLessThan(4);
    }

    assertThat(seen).containsExactly(plan + "-a", plan + "-c");
    Response one = given().get(TENANTS + "/" + plan + "-b");
    assertThat(one.statusCode()).isEqualTo(500);
    assertThat(one.contentType()).startsWith("application/problem+json");
    assertThat(one.asString())
        .contains("This version of Berth cannot read")
        .doesNotContain("Exception");
  }

  private void store(Tenant tenant) {
    QuarkusTransaction.requiringNew().run(() -> tenants.save(tenant));
  }
}
