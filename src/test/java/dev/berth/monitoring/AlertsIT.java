package dev.berth.monitoring;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.journey.stage.Stage;
import dev.berth.local.process.Progress;
import dev.berth.monitoring.stage.Prometheus;
import dev.berth.monitoring.stage.Promtool;
import dev.berth.monitoring.stage.Shipped;
import dev.berth.monitoring.stage.Snapshot;
import dev.berth.monitoring.stage.Watch;
import dev.berth.operations.BacklogGauges;
import dev.berth.operations.CapacityGauges;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each fault once in a real run: what is scraped meanwhile leads to the alerts that belong to it,
 * to no others, and not before their time; and a Prometheus beside it has an answer to every panel.
 */
@QuarkusTest
@TestProfile(Watched.class)
class AlertsIT {

  private static final Path FOLDER = Path.of("target", "monitoring");

  /** Where Berth has nothing to do with Azure, there is nothing of it. */
  private static final Predicate<String> OF_AZURE =
      Pattern.compile("berth_(azure|node_pool_waiting|node_pool_operation)_").asPredicate();

  private final Watch watch;
  private Prometheus prometheus;

  AlertsIT(BacklogGauges backlog, CapacityGauges capacity) {
    this.watch = new Watch(backlog, capacity);
  }

  @BeforeEach
  void prometheusLooks() {
    int port = ConfigProvider.getConfig().getValue("quarkus.management.port", int.class);
    prometheus = Prometheus.over(FOLDER.resolve("prometheus"), port);
    given().get("/api/v1/tenants");
  }

  @AfterEach
  void allIsWellAgain() {
    Stage.CLUSTER.mendEverything();
    prometheus.close();
  }

  @Test
  void everyAlertFiresInItsFaultAndNotBeforeAndEveryPanelShowsSomething() {
    watch.records("nothing", watch.calm(), watch.calm());
    watch.records("Berth is down", watch.calm(), Snapshot.NOTHING, "BerthDown critical");
    new RequestFaults(watch).happen();
    new ClusterFaults(watch, this::isKnown).happen();
    new DatabaseFaults(watch).happen();

    Progress.toConsole().say("faults and alerts:\n" + watch.recording().table());
    Promtool.Verdict verdict = watch.recording().judge(FOLDER);
    SoftAssertions.assertSoftly(softly -> {
      softly.assertThat(verdict.code()).as(verdict.text()).isZero();
      softly.assertThat(watch.recording().alerts()).isEqualTo(shippedAlerts());
      softly.assertThat(watch.seen()).containsAll(namedMetrics());
      softly.assertThat(Shipped.documentedMetrics()).containsAll(liveMetrics());
      softly
          .assertThat(Shipped.panelExpressions())
          .filteredOn(panel -> !OF_AZURE.test(panel.text()))
          .allSatisfy(this::isAnswered);
    });
  }

  private static Set<String> shippedAlerts() {
    return Shipped.alerts().stream()
        .map(alert -> alert.name() + " " + alert.severity())
        .collect(toSet());
  }

  private static List<String> namedMetrics() {
    return Shipped.metrics().stream().filter(OF_AZURE.negate()).toList();
  }

  private Set<String> liveMetrics() {
    return watch.seen().stream()
        .filter(name -> name.startsWith("berth_"))
        .map(AlertsIT::bare)
        .collect(toSet());
  }

  /** The name of the timer of which it is one of the series. */
  private static String bare(String series) {
    return series.replaceFirst("_seconds_(bucket|count|sum|max)$", "_seconds");
  }

  private boolean isKnown(String expression) {
    return !prometheus.now(expression).isEmpty();
  }

  private void isAnswered(Shipped.Expression panel) {
    String expression =
        panel.text().replace("$__rate_interval", "10s").replace("\"$job\"", "\".+\"");
    assertThat(prometheus.since(expression)).as(expression).isNotEmpty();
  }
}
