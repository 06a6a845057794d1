package dev.berth.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.stage.ApiAlone;
import dev.berth.api.stage.Samples;
import dev.berth.console.stage.Html;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What others wrote is text on a page, and looks like what it is. */
@QuarkusTest
@Tag("application")
@TestProfile(ApiAlone.Open.class)
class ReadableTextTest {

  private static final String EVIL =
      "<img src=x onerror=alert(1)>\"'&\u202egnihton\u0007\u200b{frame}</script>";
  private static final String HARMLESS =
      "&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\ufffdgnihton\ufffd\ufffd{frame}&lt;/script&gt;";

  private final Tenants tenants;

  ReadableTextTest(Tenants tenants) {
    this.tenants = tenants;
  }

  @Test
  void namesMessagesAndDocumentsOfOthersAreOnlyText() {
    Tenant sample = Samples.ready("evil", new PlanVersion("team", 1));
    TenantSpec spec = Objects.requireNonNull(sample.desired().spec());
    TenantSpec evil =
        new TenantSpec(
            3, spec.plan(), EVIL, spec.owners(), spec.viewers(), Map.of(), 8, null, EVIL);
    Condition told =
        Condition.of(ConditionType.QuotaReady, Reason.ApiInvalid, EVIL, 3, Instant.EPOCH);
    Condition ready = Condition.of(ConditionType.Ready, Reason.ApiInvalid, EVIL, 3, Instant.EPOCH);
    Tenant tenant =
        sample
            .with(new Desired(Desired.Mode.ACTIVE, 3, evil, sample.desired().plan(), null))
            .with(told, ready);
    QuarkusTransaction.requiringNew().run(() -> tenants.remember(tenant));

    for (String path : new String[] {"/tenants/evil", "/tenants?q=evil"}) {
      assertThat(Html.browser().get(path).asString())
          .contains(HARMLESS)
          .doesNotContain("<img", "\u202e", "\u0007", "\u200b");
    }
  }

  @Test
  void whatIsInTheAddressIsOnlyText() {
    String query = "plan=%3Cimg%20src=x%3E%E2%80%AE";
    assertThat(Html.assertPage(Html.browser().get("/tenants?" + query), 400))
        .doesNotContain("<img");
    assertThat(Html.assertPage(Html.browser().get("/tenants?%3Cimg%3E%E2%80%AE=1"), 400))
        .contains("&lt;img&gt;\ufffd is unknown");
  }
}
