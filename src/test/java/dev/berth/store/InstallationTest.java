package dev.berth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.tenant.PlanVersion;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class InstallationTest {

  @Inject Installation installation;
  @Inject PlanReleases releases;
  @Inject DataSource dataSource;

  @BeforeEach
  void emptyTables() throws Exception {
    Sql.empty(dataSource);
  }

  @Test
  void anInstallationKeepsItsId() {
    UUID id = installation.id("local");
    assertThat(installation.id("local")).isEqualTo(id);
  }

  /** G17: asked for every tenant that is worked on. */
  @Test
  void itIsReadOnceForAProcess() throws Exception {
    UUID id = installation.id("local");
    Sql.run(dataSource, "DELETE FROM installation");
    assertThat(installation.id("local")).isEqualTo(id);
  }

  @Test
  void aDatabaseOfAnotherClusterIsRefusedWithBothNames() {
    installation.id("east");
    assertThatThrownBy(() -> installation.id("west"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("'east'")
        .hasMessageContaining("'west'");
  }

  @Test
  void aReleasedVersionOfAPlanKeepsItsContent() {
    PlanVersion one = new PlanVersion("team", 1);
    PlanVersion two = new PlanVersion("team", 2);
    assertThat(releases.release(Map.of())).isEmpty();
    assertThat(releases.release(Map.of(one, "a"))).isEmpty();
    assertThat(releases.release(Map.of(one, "a", two, "b"))).isEmpty();
    assertThat(releases.release(Map.of(one, "changed", two, "b"))).containsExactly(one);
    assertThat(releases.release(Map.of(one, "a"))).isEmpty();
  }
}
