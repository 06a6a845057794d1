package dev.berth.journey.stage;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;

/** The actors, one of each for all stories. */
public final class Stage {

  public static final ControlPlane CONTROL_PLANE = new ControlPlane();
  public static final StatusReader STATUS = new StatusReader();
  public static final ClusterAdmin CLUSTER = new ClusterAdmin();
  public static final Database DATABASE = new Database();
  public static final AuditLog AUDIT = new AuditLog();

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger TENANTS = new AtomicInteger(1000 * startsOfTheApplication());

  private Stage() {}

  /** With each of them this class is loaded anew, and all of them share one set of parts. */
  private static int startsOfTheApplication() {
    int starts = Integer.getInteger("journey.starts", 0);
    System.setProperty("journey.starts", Integer.toString(starts + 1));
    return starts;
  }

  /** A tenant that no other story knows. */
  public static String tenant(String name) {
    return "%s-%d".formatted(name, TENANTS.incrementAndGet());
  }

  public static ConditionFactory eventually() {
    return eventually(Duration.ofMinutes(2));
  }

  public static ConditionFactory eventually(Duration patience) {
    return await()
        .atMost(patience)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(50))
        .pollInSameThread();
  }

  /** Single quotes keep JSON in Java readable. */
  public static String quoted(String json) {
    return json.replace('\'', '"');
  }

  public static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
