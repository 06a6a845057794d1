package dev.berth.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The package graph is the architecture: a new package has no place until it gets one here. */
class PackagesTest {

  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("tenant", Set.of()),
          entry("settings", Set.of()),
          entry("tracing", Set.of()),
          entry("plan", Set.of("tenant")),
          entry("nodepool", Set.of("plan", "tenant")),
          entry("catalogue", Set.of("plan", "tenant")),
          entry("event", Set.of("nodepool", "plan", "tenant")),
          entry("store", Set.of("nodepool", "plan", "tenant")),
          entry(
              "provisioning",
              Set.of("store", "nodepool", "plan", "tenant", "event", "catalogue", "tracing")),
          entry("azure", Set.of("provisioning", "nodepool")),
          entry("kubernetes", Set.of("provisioning", "plan", "tenant")),
          entry("messaging", Set.of("provisioning", "store", "event", "tenant", "tracing")),
          entry("bridge", Set.of("messaging", "provisioning", "event", "tenant")),
          entry("cli", Set.of("event", "tenant")),
          entry("operations", Set.of("store", "nodepool", "plan", "tenant")),
          entry(
              "console",
              Set.of(
                  "api",
                  "provisioning",
                  "store",
                  "nodepool",
                  "plan",
                  "tenant",
                  "event",
                  "catalogue")),
          entry(
              "api",
              Set.of("provisioning", "store", "nodepool", "plan", "tenant", "event", "catalogue")));

  @Test
  void everyPackageUsesOnlyWhatTheGraphAllows() {
    var graph = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : MAY_USE.keySet()) {
      graph = graph.layer(name).definedBy("dev.berth." + name + "..");
    }
    for (var edges : MAY_USE.entrySet()) {
      var layer = graph.whereLayer(edges.getKey());
      graph =
          edges.getValue().isEmpty()
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(edges.getValue().toArray(String[]::new));
    }
    graph.ensureAllClassesAreContainedInArchitecture().check(MainSources.CLASSES);
  }

  /** Neither the packages of the graph nor the rooms within one. */
  @Test
  void noPackagesFormACycle() {
    slices().matching("dev.berth.(**)").should().beFreeOfCycles().check(MainSources.CLASSES);
  }

  /** NullAway passes over a package that is not marked. */
  @Test
  void everyPackageIsNullMarked() {
    classes().should(liveInANullMarkedPackage()).check(MainSources.CLASSES);
  }

  private static ArchCondition<JavaClass> liveInANullMarkedPackage() {
    return new ArchCondition<>("live in a package whose package-info.java has @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type,
                marked,
                type.getPackageName() + " has no package-info.java with @NullMarked"));
      }
    };
  }
}
