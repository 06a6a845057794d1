package dev.berth.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each outside system is known to one package. */
class LibrariesTest {

  private static final Pattern WRITING_VERB =
      Pattern.compile("(create|update|patch|edit|replace|delete)\\w*|serverSideApply|evict|scale");

  @Test
  void tenantAndPlanArePureJava() {
    classes()
        .that()
        .resideInAnyPackage("dev.berth.tenant..", "dev.berth.plan..", "dev.berth.nodepool..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "dev.berth.tenant..",
            "dev.berth.plan..",
            "dev.berth.nodepool..")
        .check(MainSources.CLASSES);
  }

  @Test
  void onlyKubernetesKnowsTheKubernetesClient() {
    onlyIn("kubernetes", "io.fabric8..");
  }

  /** The proofs, fences and counts of writes hold because no write goes another way. */
  @Test
  void onlyApiServerWritesToTheCluster() {
    noClasses()
        .that()
        .haveNameNotMatching("dev\\.berth\\.kubernetes\\.server\\.ApiServer(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fabric8.kubernetes.client.http..")
        .orShould()
        .accessTargetWhere(describe("it writes to the cluster", LibrariesTest::writes))
        .because("every write goes through dev.berth.kubernetes.server.ApiServer")
        .check(MainSources.CLASSES);
  }

  @Test
  void onlyAzureKnowsTheAzureClients() {
    onlyIn("azure", "com.azure..");
  }

  @Test
  void onlyStoreKnowsTheDatabase() {
    onlyIn(
        "store",
        "jakarta.persistence..",
        "org.hibernate..",
        "io.quarkus.hibernate..",
        "org.postgresql..",
        "io.agroal..",
        "java.sql..",
        "javax.sql..");
  }

  @Test
  void onlyMessagingKnowsKafka() {
    onlyIn(
        "messaging",
        "org.apache.kafka..",
        "io.smallrye.reactive.messaging..",
        "org.eclipse.microprofile.reactive.messaging..");
  }

  /** What spans are made of is no concern of who makes them. */
  @Test
  void onlyTracingKnowsOpenTelemetry() {
    onlyIn("tracing", "io.opentelemetry..");
  }

  @Test
  void onlyApiAndConsoleKnowHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.berth.api..", "dev.berth.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.ws.rs..", "org.jboss.resteasy..")
        .because("only dev.berth.api and dev.berth.console may know it")
        .check(MainSources.CLASSES);
  }

  @Test
  void onlyConsoleKnowsTemplates() {
    onlyIn("console", "io.quarkus.qute..");
  }

  private static void onlyIn(String owner, String... libraries) {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.berth." + owner + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries)
        .because("only dev.berth." + owner + " may know it")
        .check(MainSources.CLASSES);
  }

  private static boolean writes(JavaAccess<?> access) {
    return access.getTargetOwner().getName().startsWith("io.fabric8.kubernetes.client.")
        && WRITING_VERB.matcher(access.getName()).matches();
  }
}
