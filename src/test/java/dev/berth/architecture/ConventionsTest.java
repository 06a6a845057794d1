package dev.berth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import dev.berth.api.Needs;
import dev.berth.api.Role;
import dev.berth.local.process.Texts;
import io.quarkus.scheduler.Scheduled;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every class of Berth keeps to. */
class ConventionsTest {

  private static final String BANNED_NAME =
      ".*[.$](Abstract\\w*|\\w*(Utils?|Helpers?|Manager|Impl|Processor|DTO|Dto))";

  @Test
  void entitiesStayInTheirPackage() {
    noClasses()
        .that()
        .arePublic()
        .should()
        .haveSimpleNameEndingWith("Entity")
        .orShould()
        .beAnnotatedWith("jakarta.persistence.Entity")
        .because("the store speaks records, its entities are package-private")
        .check(MainSources.CLASSES);
  }

  @Test
  void timeComesFromAnInjectedClock() {
    noClasses()
        .should()
        .accessTargetWhere(describe("it reads the time", ConventionsTest::readsTheTime))
        .because("a test sets the time: inject java.time.Clock")
        .check(MainSources.CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveNameMatching(BANNED_NAME)
        .because("a class is a noun of the domain or one behaviour")
        .check(MainSources.CLASSES);
  }

  @Test
  void fieldsAreNotInjected() {
    noFields()
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .orShould()
        .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
        .orShould()
        .beAnnotatedWith("org.eclipse.microprofile.reactive.messaging.Channel")
        .because("a constructor says what a class needs")
        .check(MainSources.CLASSES);
  }

  /** Else they run into a start that is ending, with a stack trace as its last word. */
  @Test
  void scheduledTasksBeginAMomentAfterTheStart() {
    assertThat(MainSources.CLASSES)
        .flatExtracting(JavaClass::getMethods)
        .filteredOn(method -> method.isAnnotatedWith(Scheduled.class))
        .isNotEmpty()
        .allMatch(method -> !method.getAnnotationOfType(Scheduled.class).delayed().isEmpty());
  }

  /** Whoever forgets it finds the method closed, and here why. */
  @Test
  void whatChangesSomethingOverRestSaysWhichRoleItNeeds() {
    assertThat(MainSources.CLASSES)
        .flatExtracting(JavaClass::getMethods)
        .filteredOn(method ->
            Stream.of(POST.class, PUT.class, PATCH.class, DELETE.class)
                .anyMatch(method::isAnnotatedWith))
        .isNotEmpty()
        .allMatch(method -> method.getAnnotationOfType(Needs.class).value() != Role.VIEWER);
  }

  /** Else it would start among the unit tests; integration tests are told by their names. */
  @Test
  void testsThatStartTheApplicationAreTagged() throws IOException {
    assertThat(testSources("Test.java").map(Texts::read))
        .extracting(Optional::orElseThrow)
        .filteredOn(source -> source.contains("\n@QuarkusTest\n"))
        .isNotEmpty()
        .allMatch(source -> source.contains("\n@Tag(\"application\")\n"));
  }

  /**
   * A test process is told by its standard input what to run, and answers by its standard output. A
   * program that has the same ones, as node, which sets them to not wait, ends it.
   */
  @Test
  void noProgramSharesTheStandardStreamsOfATest() throws IOException {
    Pattern shares = Pattern.compile("\\.inheritIO\\(|Redirect\\.INHERIT");
    assertThat(testSources(".java"))
        .filteredOn(file -> Texts.read(file).filter(shares.asPredicate()).isPresent())
        .extracting(file -> file.getFileName().toString())
        .containsExactly("Start.java"); // no test: it starts the parts of the local run
  }

  private static Stream<Path> testSources(String end) throws IOException {
    try (Stream<Path> files =
        Files.walk(Path.of(System.getProperty("basedir", ""), "src/test/java"))) {
      return files.filter(file -> file.toString().endsWith(end)).toList().stream();
    }
  }

  private static boolean readsTheTime(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && switch (target.getOwner().getName()) {
          case "java.lang.System" -> target.getName().equals("currentTimeMillis");
          case "java.util.Date" -> target.getRawParameterTypes().isEmpty();
          case "java.time.Clock" -> target.getName().startsWith("system") && !isProducer(access);
          default -> isNowWithoutAClock(target);
        };
  }

  /** Where a clock is made: for the service, and for a program of its own. */
  private static boolean isProducer(JavaAccess<?> access) {
    return access.getOrigin().isAnnotatedWith("jakarta.enterprise.inject.Produces")
        || access.getOrigin().getName().equals("main");
  }

  private static boolean isNowWithoutAClock(CodeUnitAccessTarget target) {
    return target.getOwner().getPackageName().equals("java.time")
        && target.getName().equals("now")
        && target.getRawParameterTypes().stream().noneMatch(t -> t.isEquivalentTo(Clock.class));
  }
}
