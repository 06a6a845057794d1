package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.Catalogue;
import dev.berth.catalogue.Plans;
import dev.berth.nodepool.PoolName;
import dev.berth.plan.Plan.PoolTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which node pools plans name. */
class PoolCatalogueTest {

  private static final String SIZE = "Standard_D8s_v5";

  @Test
  void plansOfOneVmSizeShareAPoolThatIsLargeEnoughForEither() throws IOException {
    Catalogue both = Plans.catalogue(plan("a", "sandboxed", 1, 5), plan("b", "sandboxed", 2, 3));

    assertThat(PoolCatalogue.of(both))
        .containsOnlyKeys(new PoolName("kd8sv5"))
        .containsValue(new PoolTerms(SIZE, 2, 5));
  }

  /** Its tenants would wait for nodes that their pods do not need. */
  @Test
  void aPlanWithoutSandboxesNamesNone() throws IOException {
    Catalogue shared = Plans.catalogue(plan("a", "shared", 1, 5));

    assertThat(PoolCatalogue.of(shared)).isEmpty();
    assertThat(shared.releases().iterator().next().plan().nodePool()).isNull();
  }

  private static String plan(String name, String isolation, int min, int max) throws IOException {
    return Files.readString(Path.of("src/main/resources/plans/starter.yaml"))
            .replace("name: starter", "name: " + name)
            .replace("isolation: sandboxed", "isolation: " + isolation)
        + "nodePool: {vmSize: %s, min: %d, max: %d}%n".formatted(SIZE, min, max);
  }
}
