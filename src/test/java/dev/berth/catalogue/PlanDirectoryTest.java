package dev.berth.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.document.PlanError;
import dev.berth.local.process.SettableClock;
import dev.berth.tenant.PlanRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanDirectoryTest {

  private static final PlanRef STARTER = new PlanRef("starter", null);

  @TempDir Path directory;

  private final SettableClock clock = new SettableClock();
  private final Instant found = clock.instant();
  private final List<Catalogue> checked = new ArrayList<>();
  private boolean refused;
  private String starter;

  @BeforeEach
  void aDirectoryWithOnePlan() throws IOException {
    starter = Files.readString(Path.of("src/main/resources/plans/starter.yaml"));
    Files.writeString(directory.resolve("starter.yaml"), starter);
  }

  @Test
  void theSamplePlansAreUsedWhereNoDirectoryIsNamed() {
    PlanDirectory plans = new PlanDirectory(new PlanFiles(null), reader(), c -> {}, clock);
    plans.start();

    assertThat(plans.current().releases())
        .extracting(r -> r.plan().id().toString())
        .containsExactlyInAnyOrder("starter@1", "team@2", "enterprise@1");
  }

  @Test
  void aNewVersionIsTakenOverOnce() throws IOException {
    PlanDirectory plans = started();

    Files.writeString(directory.resolve("next.yml"), starter.replace("version: 1", "version: 2"));
    plans.reload();
    plans.reload();

    assertThat(plans.current().find(STARTER).orElseThrow().id().version()).isEqualTo(2);
    assertThat(checked).containsExactly(plans.current());
  }

  @Test
  void aSwappedConfigMapIsNoticed() throws IOException {
    // Given a directory as the kubelet mounts it
    Path first = Files.createDirectory(directory.resolve("..2026_01"));
    Files.move(directory.resolve("starter.yaml"), first.resolve("starter.yaml"));
    Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(directory.resolve("starter.yaml"), Path.of("..data/starter.yaml"));
    PlanDirectory plans = started();

    // When the kubelet swaps the link
    Path second = Files.createDirectory(directory.resolve("..2026_02"));
    Files.writeString(second.resolve("starter.yaml"), starter.replace("version: 1", "version: 7"));
    Path next = Files.createSymbolicLink(directory.resolve("..tmp"), second.getFileName());
    Files.move(next, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    plans.reload();

    // Then
    assertThat(plans.current().find(STARTER).orElseThrow().id().version()).isEqualTo(7);
  }

  @Test
  void anUnusableChangeLeavesTheLastGoodPlansInForce() throws IOException {
    PlanDirectory plans = started();
    Catalogue before = plans.current();

    Files.writeString(directory.resolve("starter.yaml"), starter.replace("256Mi", "1e9Gi"));
    plans.reload();

    assertThat(plans.current()).isEqualTo(before);
    assertThat(plans.errors())
        .singleElement()
        .asString()
        .contains("starter.yaml:8 /sandbox/memory");
    assertThat(plans.wrongSince()).isEqualTo(found);

    // When it stays so
    clock.goesOn(Duration.ofMinutes(1));
    plans.reload();
    assertThat(plans.wrongSince()).as("the first time counts").isEqualTo(found);

    // When it is mended
    Files.writeString(directory.resolve("starter.yaml"), starter);
    plans.reload();
    assertThat(plans.errors()).isEmpty();
    assertThat(plans.wrongSince()).isNull();
  }

  @Test
  void aReleasedVersionKeepsItsBodyEvenAfterItWasTakenAway() throws IOException {
    PlanDirectory plans = started();
    Files.writeString(
        directory.resolve("starter.yaml"), starter.replace("version: 1", "version: 2"));
    plans.reload();

    Files.writeString(
        directory.resolve("starter.yaml"), starter.replace("priority: 20", "priority: 21"));
    plans.reload();

    assertThat(plans.errors())
        .singleElement()
        .asString()
        .contains("starter@1 is released with another body");
    assertThat(plans.current().find(STARTER).orElseThrow().id().version()).isEqualTo(2);
  }

  @Test
  void aCatalogueThatIsRefusedByWhoRemembersReleasesIsNotUsed() throws IOException {
    PlanDirectory plans = started();

    refused = true;
    Files.writeString(directory.resolve("next.yml"), starter.replace("version: 1", "version: 2"));
    plans.reload();
    assertThat(plans.errors()).singleElement().asString().contains("released otherwise before");
    assertThat(plans.current().find(STARTER).orElseThrow().id().version()).isEqualTo(1);
    assertThat(started().current().releases()).isEmpty();

    refused = false;
    plans.reload();
    assertThat(plans.current().find(STARTER).orElseThrow().id().version()).isEqualTo(2);
  }

  @Test
  void aDirectoryThatGoesAwayLeavesThePlansInForce() throws IOException {
    PlanDirectory plans = started();

    Files.delete(directory.resolve("starter.yaml"));
    plans.reload();
    assertThat(plans.errors()).singleElement().asString().contains("holds no plan");
    Files.delete(directory);
    plans.reload();
    assertThat(plans.errors()).singleElement().asString().contains("cannot be read");

    assertThat(plans.current().find(STARTER)).isPresent();
  }

  @Test
  void withoutAUsablePlanThereIsNoneUntilTheFilesAreMended() throws IOException {
    Files.writeString(
        directory.resolve("starter.yaml"), starter.replace("256Mi", "-1").replace("10Gi", "1G i"));

    PlanDirectory plans = started();
    assertThat(plans.current().releases()).isEmpty();
    assertThat(plans.errors())
        .extracting(PlanError::toString)
        .anyMatch(error -> error.contains("starter.yaml:8 /sandbox/memory"))
        .anyMatch(error -> error.contains("starter.yaml:9 /storage/capacity"));
    assertThat(new PlansHealth(plans).call().getStatus()).isEqualTo(Status.DOWN);
    assertThat(new PlansHealth(plans).call().getData().orElseThrow().toString())
        .contains("/sandbox/memory", "/storage/capacity");

    Files.writeString(directory.resolve("starter.yaml"), starter);
    plans.reload();
    assertThat(plans.current().find(STARTER)).isPresent();
    assertThat(new PlansHealth(plans).call().getStatus()).isEqualTo(Status.UP);
  }

  private PlanDirectory started() {
    PlanDirectory plans = new PlanDirectory(new PlanFiles(directory), reader(), this::check, clock);
    plans.start();
    checked.clear();
    return plans;
  }

  private void check(Catalogue catalogue) {
    checked.add(catalogue);
    if (refused) {
      throw new IllegalStateException("a version was released otherwise before");
    }
  }

  private static CatalogueReader reader() {
    return new CatalogueReader(Set.of());
  }
}
