package dev.berth.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A transaction holds locks and a connection: it is no place to wait for another system. */
class TransactionsTest {

  private static final List<String> OUTSIDE =
      List.of(
          "dev.berth.provisioning.Target",
          "dev.berth.provisioning.IsolationProbe",
          "io.fabric8.kubernetes.client.",
          "org.apache.kafka.clients.",
          "org.eclipse.microprofile.reactive.messaging.Emitter",
          "io.smallrye.reactive.messaging.MutinyEmitter",
          "com.azure.",
          "java.net.http.");

  /** The relay is left out: it locks only outbox rows, and waits for the broker by design. */
  @Test
  void noTransactionWaitsForAnotherSystem() {
    codeUnits()
        .that()
        .areDeclaredInClassesThat()
        .haveNameNotMatching("dev\\.berth\\.messaging\\.StatusRelay(\\$.*)?")
        .should(reachNothingOutsideInATransaction())
        .because("no lock may be held while another system is waited for")
        .check(MainSources.CLASSES);
  }

  private static ArchCondition<JavaCodeUnit> reachNothingOutsideInATransaction() {
    return new ArchCondition<>("reach nothing outside while a transaction is open") {
      @Override
      public void check(JavaCodeUnit unit, ConditionEvents events) {
        for (JavaAccess<?> access : TransactionBody.of(unit)) {
          if (OUTSIDE.stream().anyMatch(access.getTargetOwner().getName()::startsWith)) {
            String found = "The transaction of " + unit.getFullName() + " reaches out: ";
            events.add(SimpleConditionEvent.violated(unit, found + access.getDescription()));
          }
        }
      }
    };
  }
}
