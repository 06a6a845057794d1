package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Stand;
import dev.berth.console.stage.Html;
import dev.berth.plan.ClusterFacts;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The pages that tell of plans, room and Berth itself. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class ReadingPagesTest {

  @AfterEach
  void forget() {
    Stand.FACTS.set(ClusterFacts.UNKNOWN);
  }

  @Test
  void capacitySaysWhatIsNotKnown() {
    assertThat(capacity())
        .contains("The cluster is not known now", "No tenant waits for room.")
        .contains("berth.azure.mode");
    Stand.FACTS.set(Stand.KNOWN);
    assertThat(capacity()).doesNotContain("The cluster is not known now");
  }

  private static String capacity() {
    Stand.goesOn(Duration.ofSeconds(5));
    return Html.page("/capacity");
  }

  @Test
  void berthTellsOfItselfAndWhereToReadOn() {
    Stand.FACTS.set(Stand.KNOWN);
    String page = Html.page("/berth");
    assertThat(page).contains("Version</dt>", "intact", "Events not published yet", "Database");
    assertThat(Html.links(page)).anyMatch(it -> it.matches("http://[^/]+:\\d+/q/health/ready"));
  }

  @Test
  void aPlanIsShownBesideAnotherVersion() {
    String list = Html.page("/plans");
    String plan =
        Html.links(list).stream().filter(it -> it.startsWith("/plans/")).findFirst().orElseThrow();
    assertThat(Html.page(plan)).contains("Quotas that follow", "requests.memory", "/isolation");
    String version = plan.replaceFirst(".*to=", "");
    assertThat(Html.page(plan + "&from=" + version)).contains("What changes from", "Nothing.");
    Html.assertPage(Html.browser().get("/plans/none"), 404);
    assertThat(Html.assertPage(Html.browser().get(plan + "&from=x"), 400))
        .contains("from must be the number of a version");
  }
}
