package dev.berth.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.process.SettableClock;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DownSinceTest {

  private final SettableClock clock = new SettableClock();
  private final Instant begin = clock.instant();
  private final DownSince since = new DownSince(() -> null, clock);

  @Test
  void whatIsDownSaysWhatItWaitsForAndSinceWhen() {
    assertThat(data("relay", "DOWN"))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("waitsFor", "Kafka and PostgreSQL, to publish")
                .add("since", begin.toString())
                .build());
  }

  @Test
  void theTimeIsThatOfTheFirstAnswerUntilItIsUpAgain() {
    data("topics", "DOWN");
    clock.goesOn(Duration.ofMinutes(3));
    assertThat(data("topics", "DOWN").getString("since")).isEqualTo(begin.toString());

    assertThat(data("topics", "UP")).isEmpty();
    assertThat(data("topics", "DOWN").getString("since"))
        .isEqualTo(begin.plus(Duration.ofMinutes(3)).toString());
  }

  @Test
  void itsOwnWordsWin() {
    JsonObject own =
        Json.createObjectBuilder().add("waitsFor", "nodes").add("since", "2026").build();

    assertThat(check("plans", "DOWN", own).getJsonObject("data")).isEqualTo(own);
  }

  private JsonObject data(String name, String status) {
    return check(name, status, Json.createObjectBuilder().build()).getJsonObject("data");
  }

  private JsonObject check(String name, String status, JsonObject data) {
    JsonObject check =
        Json.createObjectBuilder()
            .add("name", name)
            .add("status", status)
            .add("data", data)
            .build();
    JsonObject health =
        Json.createObjectBuilder()
            .add("status", status)
            .add("checks", Json.createArrayBuilder().add(check))
            .build();
    return since.filter(health).getJsonArray("checks").getJsonObject(0);
  }
}
