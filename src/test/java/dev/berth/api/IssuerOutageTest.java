package dev.berth.api;

import static dev.berth.api.stage.ProblemAssert.assertProblem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Caller;
import dev.berth.api.stage.LateIssuer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The issuer of tokens cannot be reached when Berth starts, and appears later. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.BeforeItsIssuer.class)
class IssuerOutageTest {

  @Test
  void callsAreAnsweredByAProblemAndTheOutageEndsByItself() {
    Lines lines = new Lines();
    Logger.getLogger("").addHandler(lines);
    try {
      for (int i = 0; i < 3; i++) {
        Response answer = Caller.viewer().get("/api/v1/tenants");
        assertProblem(answer, 503, "IssuerUnavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertProblem(Caller.viewer().get("/tenants"), 503, "IssuerUnavailable");
      }
      assertThat(given().get("/api/v1/tenants").statusCode()).isIn(401, 503);
      assertThat(lines.all).hasSizeLessThanOrEqualTo(1);
    } finally {
      Logger.getLogger("").removeHandler(lines);
    }

    LateIssuer issuer = LateIssuer.appears();
    try {
      await()
          .untilAsserted(
              () -> assertThat(Caller.viewer().get("/api/v1/tenants").statusCode()).isEqualTo(200));
    } finally {
      issuer.stop();
    }
  }

  /** What an operator is warned of, but for this machine being slow. */
  private static final class Lines extends Handler {

    private static final String SLOW = "io.vertx.core.impl.BlockedThreadChecker";

    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.WARNING.intValue()
          && !SLOW.equals(line.getLoggerName())) {
        all.add(ExtLogRecord.wrap(line).getFormattedMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
