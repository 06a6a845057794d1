package dev.berth.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

/** Each outside system is known to one package. */
class LibrariesTest {

  @Test
  void tenantAndPlanArePureJava() {
    classes()
        .that()
        .resideInAnyPackage("dev.berth.tenant..", "dev.berth.plan..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "dev.berth.tenant..", "dev.berth.plan..")
        .check(MainSources.CLASSES);
  }

  @Test
  void onlyKubernetesKnowsTheKubernetesClient() {
    onlyIn("kubernetes", "io.fabric8..");
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

  @Test
  void onlyApiKnowsHttp() {
    onlyIn("api", "jakarta.ws.rs..", "org.jboss.resteasy..");
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
}
