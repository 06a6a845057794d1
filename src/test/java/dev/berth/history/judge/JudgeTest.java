package dev.berth.history.judge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Watchlist;
import dev.berth.history.judge.evidence.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The judge finds what it is there for, and nothing else. */
class JudgeTest {
  private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
  private static final String CLASS = "kata-vm-isolation";
  private static final Entry OWNER = new Entry("berth-owner", "berth-tenant-admin", "ann");
  private static final Entry FORMER = new Entry("berth-owner", "berth-tenant-admin", "bob");
  private static final Map<String, Terms> TERMS =
      Map.of(
          "strict", new Terms(true, true, false, List.of("")),
          "patient", new Terms(true, false, false, List.of("")));

  private final Ledger ledger = new Ledger();
  private final Watchlist watchlist = new Watchlist(ledger);
  private final List<Violation> violations = new ArrayList<>();
  private final Promises promises =
      new Promises(ledger, TERMS, Duration.ofSeconds(10), watchlist, violations::add);
  private final Map<String, Story> stories = new HashMap<>();
  private Set<String> lost = Set.of();
  private String handler = "kata";

  @Test
  void theJudgeKnowsNothingOfBerthAndNothingOfTheDriver() {
    JavaClasses judge = new ClassFileImporter().importPackages("dev.berth.history.judge");
    noClasses()
        .that()
        .resideInAPackage("dev.berth.history.judge..")
        .should()
        .dependOnClassesThat(
            describe(
                "are of Berth or of the driver",
                it ->
                    it.getPackageName().startsWith("dev.berth")
                        && !it.getPackageName().startsWith("dev.berth.history.judge")))
        .check(judge);
  }

  @Test
  void anOpenTenantThatIsAsItShouldBeIsWell() {
    applied("strict", 1, "ann");
    sees(60, OWNER);
    assertThat(violations).isEmpty();
  }

  @Test
  void aFormerOwnerMayStayForAMomentAndNotForLong() {
    applied("strict", 1, "bob");
    sees(2, FORMER);
    applied("strict", 2, "ann");
    sees(9, OWNER, FORMER);
    assertThat(violations).isEmpty();
    sees(5, OWNER, FORMER);
    assertThat(rules()).containsExactly("Stranger");
  }

  @Test
  void timeInWhichNothingWorkedDoesNotCount() {
    ledger.excuses(at(0), at(20));
    applied("strict", 2, "ann");
    sees(30, FORMER);
    assertThat(violations).isEmpty();
    sees(5, FORMER);
    assertThat(rules()).containsExactly("Stranger");
  }

  @Test
  void aLostPolicyClosesWhereThePlanSaysSo() {
    applied("strict", 1, "ann");
    lost = Set.of("validatingadmissionpolicies/berth-sandbox");
    sees(9, OWNER);
    told("degraded", "DEGRADED", "strict", 1, true);
    sees(30);
    assertThat(violations).isEmpty();
    told("provisioned", "READY", "strict", 1, false);
    sees(1, OWNER);
    assertThat(rules()).as("let in while it is lost").containsExactly("OpenWithoutGuarantee");
  }

  @Test
  void aLostPolicyClosesNothingElsewhere() {
    applied("patient", 1, "ann");
    lost = Set.of("validatingadmissionpolicies/berth-sandbox");
    sees(60, OWNER);
    assertThat(violations).isEmpty();
  }

  @Test
  void aClassOfAnotherHandlerIsALostGuarantee() {
    applied("strict", 1, "ann");
    handler = "runc";
    sees(15, OWNER);
    assertThat(rules()).containsExactly("OpenWithoutGuarantee");
  }

  @Test
  void accessBeforeTheGuardsIsFoundAtOnce() {
    applied("strict", 1, "ann");
    for (int second = 0; second < 5; second++) {
      sees(place(List.of("resourcequotas/berth"), CLASS, OWNER));
    }
    assertThat(rules()).containsExactly("OpenWithoutGuards");
  }

  @Test
  void aNamespaceOfASharedPlanMayStandForAMomentWhenASandboxedOneIsWanted() {
    applied("strict", 1, "ann");
    Map<String, String> labels = Map.of("berth.dev/isolation", "shared");
    Place shared = new Place("tenant-t", "uid", false, labels, List.of(OWNER), List.of(), Map.of());
    IntStream.range(0, 9).forEach(second -> sees(shared));
    assertThat(violations).isEmpty();
    IntStream.range(0, 5).forEach(second -> sees(shared));
    assertThat(rules()).containsExactly("OpenWithoutGuards");
  }

  @Test
  void whoIsInAfterNobodyWasToldToBeIsFoundEvenIfAPersonLetThemIn() {
    Entry intruder = new Entry("berth-owner", "berth-tenant-admin", "mallory");
    ledger.letIn(at(0), "mallory");
    applied("strict", 1, "ann");
    sees(30, OWNER, intruder);
    assertThat(violations).isEmpty();
    told("degraded", "DEGRADED", "strict", 1, true);
    sees(15, intruder);
    assertThat(rules()).containsExactly("SaysClosed");
  }

  @Test
  void whoWasLetInByAPersonAfterTheLastLookIsNotDeniedByTheNextAcceptedWish() {
    Entry intruder = new Entry("berth-owner", "berth-tenant-admin", "mallory");
    applied("strict", 1, "ann");
    told("degraded", "DEGRADED", "strict", 1, true);
    seconds++;
    ledger.letIn(at(seconds), "mallory");
    seconds++;
    told("accepted", "UPDATING", "strict", 1, true);
    sees(30, intruder);
    assertThat(violations).isEmpty();
    told("degraded", "DEGRADED", "strict", 1, true);
    sees(15, intruder);
    assertThat(rules()).containsExactly("SaysClosed");
  }

  @Test
  void whoCameInBetweenTheLookAndWhatWasToldOfItWasNotOverlooked() {
    Entry intruder = new Entry("berth-owner", "berth-tenant-admin", "mallory");
    applied("strict", 1, "ann");
    seconds++;
    ledger.letIn(at(seconds), "mallory");
    seconds++;
    told("degraded", "DEGRADED", "strict", 1, true);
    sees(30, intruder);
    assertThat(violations).isEmpty();
    told("degraded", "DEGRADED", "strict", 1, true);
    sees(15, intruder);
    assertThat(rules()).containsExactly("SaysClosed");
  }

  @Test
  void twoLossesThatFollowEachOtherAreNotOneLongOne() {
    applied("strict", 1, "ann");
    lost = Set.of("validatingadmissionpolicies/berth-sandbox");
    sees(9, OWNER);
    lost = Set.of("validatingadmissionpolicies/berth-host-access");
    sees(9, OWNER);
    assertThat(violations).isEmpty();
    sees(5, OWNER);
    assertThat(rules()).containsExactly("OpenWithoutGuarantee");
  }

  @Test
  void accessThatIsTakenWithoutAWordIsFound() {
    applied("strict", 1, "ann");
    sees(15);
    assertThat(rules()).containsExactly("SaysOpen");
  }

  @Test
  void aTenantThatIsMovedToAnotherClassIsFound() {
    applied("strict", 1, "ann");
    sees(1, OWNER);
    sees(place(List.of(), "kata-second", OWNER));
    assertThat(rules()).contains("Moved");
  }

  @Test
  void aTenantThatIsMovedBeforeItIsOpenedMayHaveOpenedSinceTheLastLook() {
    told("provisioning-started", "PROVISIONING", "strict", 1, false);
    sees(1);
    applied("strict", 1, "ann");
    sees(place(List.of(), "kata-second", OWNER));
    sees(place(List.of(), "kata-second", OWNER));
    assertThat(rules()).doesNotContain("Moved");
  }

  @Test
  void atRestEachTenantIsWhereItsNewestEventWantsIt() {
    applied("strict", 1, "ann");
    assertThat(unsettled(OWNER)).isEmpty();
    assertThat(unsettled()).as("closed").containsKey("t");
    assertThat(unsettled(OWNER, FORMER)).as("a stranger").containsKey("t");
    told("degraded", "DEGRADED", "strict", 1, true);
    assertThat(unsettled(OWNER)).as("degraded").containsKey("t");
    applied("nowhere", 2, "ann");
    told("blocked", "BLOCKED", "strict", 2, false);
    assertThat(unsettled(OWNER)).as("of another reason").containsKey("t");
  }

  private Map<String, String> unsettled(Entry... entries) {
    return new Rest(ledger, TERMS).unsettled(sight(place(List.of(), CLASS, entries)), stories);
  }

  private List<String> rules() {
    return violations.stream().map(Violation::rule).distinct().toList();
  }

  private int seconds;

  private Instant at(int second) {
    return START.plusSeconds(second);
  }

  private void sees(int times, Entry... entries) {
    for (int time = 0; time < times; time++) {
      sees(place(List.of(), CLASS, entries));
    }
  }

  private void sees(Place place) {
    seconds++;
    promises.look(sight(place), stories);
  }

  private Sight sight(Place place) {
    return new Sight(
        at(seconds),
        Map.of(place.name(), place),
        lost,
        Map.of(CLASS, handler, "kata-second", "kata"));
  }

  private static Place place(List<String> missing, String runtimeClass, Entry... entries) {
    Map<String, String> labels =
        Map.of("berth.dev/isolation", "sandboxed", "berth.dev/runtime-class", runtimeClass);
    return new Place("tenant-t", "uid", false, labels, List.of(entries), missing, Map.of());
  }

  private void applied(String plan, long generation, String owner) {
    Story story = stories.computeIfAbsent("t", Story::new);
    story.wished(
        new Wish(at(seconds), "e" + generation, generation, false, plan, Set.of(owner), Set.of()));
    told("accepted", "UPDATING", plan, generation, false);
    told("provisioned", "READY", plan, generation, false);
  }

  private void told(String step, String phase, String plan, long generation, boolean closed) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("phase", phase).put("plan", plan + "@1").put("reason", phase);
    data.put("generation", generation).put("observedGeneration", generation).put("incarnation", 1);
    data.putArray("namespaces").addObject().put("namespace", "tenant-t");
    data.putArray("conditions")
        .addObject()
        .put("type", "AccessReady")
        .put("status", closed ? "False" : "True")
        .put("reason", closed ? "AccessClosed" : "Applied");
    Told told = new Told(at(seconds), step, "dev.berth.tenant." + step + ".v1", "e", data);
    Story story = stories.computeIfAbsent("t", Story::new);
    story.told(told);
    story.stands(told);
  }
}
