package dev.berth.history.judge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.berth.history.judge.evidence.Sight.Entry;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The judge finds what it is there for, and nothing else. */
class JudgeTest extends Court {

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
    applied("open", 1, "ann");
    applied("strict", 2, "ann");
    applied("strict", 3, "ann");
    IntStream.range(0, 9).forEach(second -> sees(SHARED));
    assertThat(violations).isEmpty();
    IntStream.range(0, 5).forEach(second -> sees(SHARED));
    assertThat(rules()).containsExactly("OpenWithoutGuards");
  }

  @Test
  void aSharedNamespaceOfOneThatNeverAskedForItIsFoundAtOnce() {
    applied("strict", 1, "ann");
    IntStream.range(0, 5).forEach(second -> sees(SHARED));
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
}
