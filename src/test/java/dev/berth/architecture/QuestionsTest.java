package dev.berth.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads a question takes it for one, and asks it again, or no longer. */
class QuestionsTest {

  private static final String API_SERVER = "dev.berth.kubernetes.server.ApiServer";
  private static final Set<String> READING = Set.of("get", "watch");

  @Test
  void aQuestionChangesNothingInTheCluster() {
    methods()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.berth.kubernetes..")
        .and()
        .haveNameMatching("(is|has)[A-Z]\\w*")
        .should(writeNothing())
        .because("what acts is named by a verb")
        .check(MainSources.CLASSES);
  }

  private static ArchCondition<JavaMethod> writeNothing() {
    return new ArchCondition<>("send the API server nothing but reads") {
      @Override
      public void check(JavaMethod question, ConditionEvents events) {
        for (JavaAccess<?> access : reached(question)) {
          if (writes(access)) {
            String found = "The question " + question.getFullName() + " acts: ";
            events.add(SimpleConditionEvent.violated(question, found + access.getDescription()));
          }
        }
      }
    };
  }

  /** By the method itself, and by those of its class that it calls. */
  private static Set<JavaAccess<?>> reached(JavaMethod question) {
    JavaClass owner = question.getOwner();
    Set<JavaAccess<?>> reached = new HashSet<>();
    var open = new ArrayDeque<JavaAccess<?>>(question.getAccessesFromSelf());
    while (!open.isEmpty()) {
      JavaAccess<?> access = open.pop();
      if (reached.add(access) && access.getTargetOwner().equals(owner)) {
        owner.getCodeUnits().stream()
            .filter(unit -> unit.getFullName().equals(access.getTarget().getFullName()))
            .map(JavaCodeUnit::getAccessesFromSelf)
            .forEach(open::addAll);
      }
    }
    return reached;
  }

  private static boolean writes(JavaAccess<?> access) {
    return access.getTargetOwner().getName().equals(API_SERVER)
        && !access.getOriginOwner().getName().equals(API_SERVER)
        && !READING.contains(access.getName());
  }
}
