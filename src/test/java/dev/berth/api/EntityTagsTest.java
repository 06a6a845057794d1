package dev.berth.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Tokens;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was read before is not sent again, and what is large is sent packed. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.class)
class EntityTagsTest {

  private static final String TENANTS = "/api/v1/tenants";

  private final Tenants tenants;

  private final String plan = "p" + UUID.randomUUID().toString().substring(0, 8);
  private final Tenant tenant = Samples.ready(plan, new PlanVersion(plan, 1));

  EntityTagsTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/fleet", TENANTS, "/api/v1/node-pools"})
  void aDocumentThatTheCallerHasIsNotSentAgain(String path) {
    Response first = Caller.viewer().get(path);

    Response again = Caller.viewer().header("If-None-Match", first.header("ETag")).get(path);

    assertThat(first.header("Cache-Control")).isEqualTo("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.asString()).isEmpty();
    assertThat(again.header("ETag")).isEqualTo(first.header("ETag")).matches("W/\"[0-9a-f]{16}\"");
  }

  @Test
  void theTagOfATenantBeginsWithItsState() {
    store(tenant);
    Response first = get("");

    assertThat(first.header("ETag")).matches("W/\"1\\.2\\.1-[0-9a-f]{16}\"");
    assertThat(get("/explain").header("ETag")).startsWith("W/\"1.2.1-");
    assertThat(ask(first.header("ETag")).statusCode()).isEqualTo(304);
    assertThat(ask("\"x\", " + first.header("ETag").substring(2)).statusCode()).isEqualTo(304);
    assertThat(ask("*").statusCode()).isEqualTo(304);
    assertThat(ask("\"1.2.1\"").statusCode()).isEqualTo(200);
  }

  @Test
  void whatChangedIsSent() {
    store(tenant);
    String before = get("").header("ETag");
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Tenant now = tenants.lock(tenant.id()).orElseThrow();
          tenants.remember(now.with(now.status().retrying(3, null)));
        });

    Response now = ask(before);

    assertThat(now.statusCode()).as("attempts count, though the state is the same").isEqualTo(200);
    assertThat(now.jsonPath().getString("tenantId")).isEqualTo(plan);
    assertThat(now.header("ETag")).startsWith("W/\"1.2.1-").isNotEqualTo(before);
  }

  @Test
  void anAnswerIsPackedForWhoUnpacksIt() throws Exception {
    store(tenant);

    HttpResponse<byte[]> packed = send("gzip");
    HttpResponse<byte[]> plain = send("identity");

    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().firstValue("Vary")).contains("Accept-Encoding");
    assertThat(plain.headers().firstValue("Content-Encoding").orElse("identity"))
        .isEqualTo("identity");
    assertThat(packed.body()).hasSizeLessThan(plain.body().length);
  }

  private HttpResponse<byte[]> send(String encoding) throws Exception {
    String address = "http://localhost:%d%s?plan=%s".formatted(RestAssured.port, TENANTS, plan);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .header("Authorization", "Bearer " + Tokens.viewer())
            .header("Accept-Encoding", encoding)
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  @Test
  void aProblemHasNoTag() {
    assertThat(Caller.viewer().get(TENANTS + "/nobody").header("ETag")).isNull();
  }

  private Response get(String rest) {
    return Caller.viewer().get(TENANTS + "/" + plan + rest);
  }

  private Response ask(String ifNoneMatch) {
    return Caller.viewer().header("If-None-Match", ifNoneMatch).get(TENANTS + "/" + plan);
  }

  private void store(Tenant one) {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(one));
  }
}
