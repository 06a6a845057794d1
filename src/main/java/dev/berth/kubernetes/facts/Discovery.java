package dev.berth.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the API server says about itself. Answers soon, or says that there is none. */
final class Discovery {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ApiServer api;
  private final Clock clock;

  Discovery(ApiServer api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /** Empty = the API server does not answer. */
  Optional<String> version() {
    Answer answer = api.get("/version", soon());
    return answer.isOk()
        ? Optional.of(answer.body().path("gitVersion").asText())
        : Optional.empty();
  }

  /**
   * Whether all of these kinds are served.
   *
   * @throws IllegalStateException if the API server does not say
   */
  boolean serves(String groupVersion, Collection<String> kinds) {
    Answer answer = api.get("/apis/" + groupVersion, soon());
    if (!answer.isOk() && !answer.isAbsent()) {
      throw new IllegalStateException(
          "the API server does not say what it serves of %s: %s"
              .formatted(groupVersion, Answers.brief(answer.message())));
    }
    List<String> served = new ArrayList<>();
    for (JsonNode resource : answer.body().path("resources")) {
      served.add(resource.path("kind").asText());
    }
    return served.containsAll(kinds);
  }

  private Instant soon() {
    return clock.instant().plus(PATIENCE);
  }
}
