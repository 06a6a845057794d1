package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.api.stage.Stand;
import dev.berth.console.stage.Html;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.IsolationReport;
import dev.berth.store.outbox.Outbox;
import dev.berth.store.tenants.Tenants;
import dev.berth.store.tenants.Verifications;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.advice.Explanation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class OneTenantPageTest {

  private static final Instant TIME = Instant.parse("2026-11-24T18:00:00Z");

  private final Tenants tenants;
  private final Outbox outbox;
  private final Verifications verifications;
  private final String id = "o" + UUID.randomUUID().toString().substring(0, 8);
  private final PlanVersion plan = new PlanVersion("team", 1);

  OneTenantPageTest(Tenants tenants, Outbox outbox, Verifications verifications) {
    this.tenants = tenants;
    this.outbox = outbox;
    this.verifications = verifications;
  }

  @Test
  void itSaysWhyATenantIsNotReadyInTheWordsOfTheExplanation() {
    Tenant tenant = Samples.blocked(id, plan);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.remember(tenant);
          outbox.add(Samples.step("tenant.lifecycle", tenant, 1));
        });

    String page = Html.page("/tenants/" + id);

    assertThat(page)
        .contains("<h1>" + id + "</h1>", "Acme", "BLOCKED", "tenant-" + id, "Not verified yet")
        .contains("Who must act</dt><dd>the platform team")
        .contains("<time datetime=\"2026-11-24T18:00:00Z\" title=\"2026-11-24 18:00:00 UTC\">")
        .contains("provisioned", "step 1", "&quot;note&quot;: 1.50");
    assertThat(Explanation.of(tenant).sentences())
        .allSatisfy(sentence -> assertThat(page).contains("<p>" + escaped(sentence) + "</p>"));
  }

  @Test
  void aReportOfItsIsolationIsShownLineByLine() {
    Tenant tenant = Samples.ready(id, plan);
    var line =
        new IsolationLine("a pod", "owner", "", "refused", "admitted", "none", LineResult.FAILED);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.remember(tenant);
          verifications.save(new IsolationReport(tenant.id(), 1, 3, TIME, List.of(line)));
        });
    assertThat(Html.page("/tenants/" + id))
        .contains("failed", "a pod, owner: admitted instead of refused", "the cluster");
  }

  @Test
  void whatRunsInItsNamespacesIsShownBesideTheQuotaWhereThatIsKnown() {
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(Samples.ready(id, plan)));
    assertThat(Html.page("/tenants/" + id)).contains("Used of its quota\">not known");

    Stand.USAGE.set(new Usage(new Room(1L << 30, 1000, 20), new Room(1L << 29, 0, 23)));
    assertThat(Html.page("/tenants/" + id))
        .contains("512Mi of 1Gi memory", "23 of 20 pods, <strong>more than its quota")
        .containsPattern(
            "<svg class=\"bar good\"[^>]*><rect class=\"rest\"[^>]*><rect width=\"50\"");
  }

  @AfterEach
  void forget() {
    Stand.USAGE.set(null);
  }

  @Test
  void aTenantThatIsNotThereIsAPageThatSaysSo() {
    for (String none : List.of("nobody", "Acme", "a%2Fb", "%3Cb%3E", "kube-system")) {
      assertThat(Html.assertPage(Html.browser().get("/tenants/" + none), 404))
          .contains("there is no tenant with this id")
          .doesNotContain("<b>");
    }
    Html.assertPage(Html.browser().get("/tenants/" + id + "/x"), 404);
    Html.assertPage(Html.browser().get("/nowhere"), 404);
  }

  private static String escaped(String text) {
    return text.replace("'", "&#39;").replace("\"", "&quot;").replace("<", "&lt;");
  }
}
