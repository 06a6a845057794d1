package dev.berth.store.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.store.Samples;
import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.search.TenantFilter.Situation;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Desired;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Status;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class TenantSearchTest {

  @Inject TenantSearch search;
  @Inject Tenants tenants;
  @Inject DataSource dataSource;

  @BeforeEach
  void someTenants() throws Exception {
    Sql.empty(dataSource);
    save(Samples.tenant("b-2"));
    save(Samples.tenant("b1"));
    save(Samples.ready(Samples.tenant("a", new PlanVersion("starter", 1))));
    save(
        labelled(
            Samples.tenant("c", new PlanVersion("team", 3)), Map.of("tier", "gold", "it", "")));
    save(Samples.tenant("d").with(Status.NONE));
  }

  @Test
  void listsThoseThatHadAStepInTheOrderOfIds() {
    assertThat(found(TenantFilter.ALL)).containsExactly("a", "b-2", "b1", "c");
    assertThat(page(new TenantId("a"), 2).tenants())
        .extracting(it -> it.id().value())
        .containsExactly("b-2", "b1");
  }

  @Test
  void aPageTellsWhetherThereIsAnother() {
    assertThat(page(null, 2).last()).isEqualTo(new TenantId("b-2"));
    assertThat(page(new TenantId("b1"), 1).last()).isNull();
    assertThat(page(null, 4).last()).isNull();
  }

  @Test
  void findsByPhaseReasonAndPlan() {
    assertThat(found(phases(Phase.READY))).containsExactly("a");
    assertThat(found(phases(Phase.READY, Phase.ACCEPTED))).hasSize(4);
    assertThat(found(reasons(Reason.Provisioned))).containsExactly("a");
    assertThat(found(plan("team", null))).containsExactly("b-2", "b1", "c");
    assertThat(found(plan("team", 3))).containsExactly("c");
    assertThat(found(plan("team", 4))).isEmpty();
  }

  @Test
  void findsByLabelsAllOfWhichMustBeThere() {
    assertThat(found(labels(Map.of("tier", "gold")))).containsExactly("c");
    assertThat(found(labels(Map.of("tier", "gold", "it", "")))).containsExactly("c");
    assertThat(found(labels(Map.of("tier", "gold", "it", "x")))).isEmpty();
    save(labelled(tenants.find(new TenantId("c")).orElseThrow(), Map.of()));
    assertThat(found(labels(Map.of("tier", "gold")))).isEmpty();
  }

  @Test
  void findsByTheBeginningOfTheId() {
    assertThat(found(prefix("b"))).containsExactly("b-2", "b1");
    assertThat(found(prefix("b-"))).containsExactly("b-2");
    assertThat(found(prefix("b1"))).containsExactly("b1");
    assertThat(found(prefix("bz"))).isEmpty();
  }

  @Test
  void findsThoseThatAreInTheirPhaseForLongAndNotThoseOfWhichThatIsNotKnown() throws Exception {
    Sql.run(
        dataSource,
        "UPDATE tenant SET phase_since = now() - interval '10 minutes' WHERE tenant_id = 'a'");
    Sql.run(dataSource, "UPDATE tenant SET phase_since = now() WHERE tenant_id = 'c'");
    Sql.run(dataSource, "UPDATE tenant SET phase_since = NULL WHERE tenant_id LIKE 'b%'");

    assertThat(found(inPhaseFor(Duration.ofMinutes(9)))).containsExactly("a");
    assertThat(found(inPhaseFor(Duration.ofMinutes(11)))).isEmpty();
  }

  private static TenantFilter phases(Phase... phases) {
    return situation(new Situation(Set.of(phases), Set.of(), null));
  }

  private static TenantFilter reasons(Reason... reasons) {
    return situation(new Situation(Set.of(), Set.of(reasons), null));
  }

  private static TenantFilter inPhaseFor(Duration age) {
    return situation(new Situation(Set.of(), Set.of(), age));
  }

  private static TenantFilter situation(Situation situation) {
    return new TenantFilter(situation, null, Map.of(), "");
  }

  private static TenantFilter plan(String name, @Nullable Integer version) {
    return new TenantFilter(TenantFilter.ALL.situation(), new PlanRef(name, version), Map.of(), "");
  }

  private static TenantFilter labels(Map<String, String> labels) {
    return new TenantFilter(TenantFilter.ALL.situation(), null, labels, "");
  }

  private static TenantFilter prefix(String prefix) {
    return new TenantFilter(TenantFilter.ALL.situation(), null, Map.of(), prefix);
  }

  private List<String> found(TenantFilter filter) {
    return search.page(filter, null, 10).tenants().stream().map(it -> it.id().value()).toList();
  }

  private TenantSearch.Page page(@Nullable TenantId after, int limit) {
    return search.page(TenantFilter.ALL, after, limit);
  }

  private static Tenant labelled(Tenant tenant, Map<String, String> labels) {
    Desired desired = tenant.desired();
    TenantSpec spec = desired.spec();
    return tenant.with(
        new Desired(
            desired.mode(),
            desired.generation(),
            new TenantSpec(
                spec.generation(),
                spec.plan(),
                spec.displayName(),
                spec.owners(),
                spec.viewers(),
                labels,
                spec.sandboxes(),
                spec.cluster(),
                spec.document()),
            desired.plan(),
            null));
  }

  private void save(Tenant tenant) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          tenants.lock(tenant.id());
          tenants.save(tenant);
        });
  }
}
