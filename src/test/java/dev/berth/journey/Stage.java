package dev.berth.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** The actors, one of each for all stories. */
final class Stage {

  static final ControlPlane CONTROL_PLANE = new ControlPlane();
  static final StatusReader STATUS = new StatusReader();
  static final ClusterAdmin CLUSTER = new ClusterAdmin();
  static final Database DATABASE = new Database();
  static final AuditLog AUDIT = new AuditLog();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger TENANTS = new AtomicInteger();

  private Stage() {}

  /** A tenant that no other story knows. */
  static String tenant(String name) {
    return "%s-%d".formatted(name, TENANTS.incrementAndGet());
  }

  static ConditionFactory eventually() {
    return eventually(Duration.ofSeconds(60));
  }

  static ConditionFactory eventually(Duration patience) {
    return await()
        .atMost(patience)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .pollInSameThread();
  }

  /** Single quotes keep JSON in Java readable. */
  static String quoted(String json) {
    return json.replace('\'', '"');
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
