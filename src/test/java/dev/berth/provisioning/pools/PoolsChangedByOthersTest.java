package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.nodepool.Aspect;
import dev.berth.provisioning.WithoutACluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Others change the pool, and the cluster around it. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolsChangedByOthersTest extends OnPoolStage {

  @Test
  void aPoolThatIsDeletedByHandIsMadeAnewAsItWas() {
    stage.hasServed(2);
    stage.azure().portal().deletes(PoolStage.POOL);
    stage.readyNodes(0);
    stage.goOn(Duration.ofMinutes(10));
    stage.readyNodes(2);
    stage.goOn(Duration.ofMinutes(10));

    assertThat(stage.puts()).hasSize(2).containsOnly(stage.puts().getFirst());
    assertThat(stage.events()).endsWith("READY NodePoolDoubtful");
  }

  @Test
  void aPoolThatIsDeletedWhileItIsMadeIsMadeAnew() {
    stage.needs(2);
    stage.look();
    stage.azure().portal().deletes(PoolStage.POOL);
    stage.goOn(Duration.ofMinutes(15));

    assertThat(stage.puts()).hasSize(2).containsOnly(stage.puts().getFirst());
    assertThat(stage.state()).isEqualTo("Succeeded");
  }

  @Test
  void aPoolThatCannotRunSandboxesAnyMoreIsNotTouched() {
    stage.hasServed(1);
    stage
        .azure()
        .portal()
        .changes(PoolStage.POOL, pool -> pool.put("workloadRuntime", "OCIContainer"));
    stage.needs(4);
    stage.goOn(Duration.ofHours(1));

    assertThat(stage.counts()).containsExactly(1);
    assertThat(stage.reason(Aspect.Fit)).isEqualTo("NodePoolUnfit");
    assertThat(stage.events()).endsWith("FAILED NodePoolUnfit");
  }

  @Test
  void aPoolOfOthersWithTheSameNameIsNotTouched() {
    stage
        .azure()
        .portal()
        .creates(
            PoolStage.POOL,
            pool ->
                pool.put("vmSize", "Standard_D8s_v5")
                    .put("osSKU", "AzureLinux")
                    .put("workloadRuntime", "KataVmIsolation"));
    stage.needs(3);
    stage.goOn(Duration.ofHours(1));

    assertThat(stage.puts()).isEmpty();
    assertThat(stage.reason(Aspect.Sufficient)).isEqualTo("NodePoolForeign");
    assertThat(stage.events()).isEqualTo("FAILED NodePoolForeign");
  }

  @Test
  void nodesThatWereAddedByHandStay() {
    stage.hasServed(1);
    stage.azure().portal().scales(PoolStage.POOL, 4);
    stage.readyNodes(4);
    stage.goOn(Duration.ofMinutes(20));
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(20));
    stage.needs(5);
    stage.goOn(Duration.ofMinutes(20));

    assertThat(stage.counts()).containsExactly(1, 5);
  }

  @Test
  void whatAnAutoscalerAddsIsItsOwn() {
    stage.hasServed(1);
    stage
        .azure()
        .portal()
        .changes(
            PoolStage.POOL,
            pool ->
                pool.put("enableAutoScaling", true)
                    .put("minCount", 1)
                    .put("maxCount", 6)
                    .put("count", 5));
    stage.readyNodes(5);
    stage.goOn(Duration.ofHours(1));

    assertThat(stage.counts()).containsExactly(1);
  }

  @Test
  void aPoolGrowsWithWhatTenantsNeedAndNeverShrinks() {
    stage.hasServed(1);
    stage.needs(3);
    stage.goOn(Duration.ofMinutes(10));
    stage.readyNodes(3);
    stage.goOn(Duration.ofMinutes(10));
    stage.needs(1);
    stage.goOn(Duration.ofHours(1));

    assertThat(stage.counts()).containsExactly(1, 3);
    assertThat(stage.azure().portal().pool(PoolStage.POOL).path("count").asInt()).isEqualTo(3);
  }

  @Test
  void aPoolThatSomebodyChangesBeforeItIsEnlargedIsReadOnceMore() {
    stage.hasServed(1);
    stage.needs(3);
    stage.look(
        new MishapCloud(stage.stand().cloud())
            .beforeWriting(() -> stage.azure().portal().scales(PoolStage.POOL, 2)));
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("CloudConflict");
    assertThat(stage.pool().progress().size().provided()).isOne();
    stage.goOn(Duration.ofSeconds(10));

    assertThat(stage.counts()).containsExactly(1, 3, 3);
    assertThat(stage.pool().progress().size().provided()).isEqualTo(2);
  }

  @Test
  void aPoolThatIsDeletedBeforeItIsEnlargedIsReadAndMadeAnew() {
    stage.hasServed(1);
    stage.needs(3);
    stage
        .azure()
        .next(
            Call.PUT_POOL,
            Mishap.refuse(
                412, "PreconditionFailed", "Resource not found but ETag header is provided"));
    stage.look();
    stage.azure().portal().deletes(PoolStage.POOL);
    stage.goOn(Duration.ofSeconds(10));

    assertThat(stage.counts()).containsExactly(1, 3, 3);
    assertThat(stage.azure().journal().of(Call.PUT_POOL).getLast().headers())
        .containsKey("if-none-match");
  }

  @Test
  void aPoolIsMadeInTheSubnetOfTheOthersAlsoWhereTheseMoveMeanwhile() {
    stage.azure().portal().creates("other", pool -> pool.put("vnetSubnetID", "/one"));
    stage.azure().next(Call.PUT_POOL, Mishap.dropBeforeEffect());
    stage.needs(2);
    stage.look();
    stage.azure().portal().changes("other", pool -> pool.put("vnetSubnetID", "/another"));
    stage.goOn(Duration.ofMinutes(3));

    assertThat(stage.puts()).hasSize(2).containsOnly(stage.puts().getFirst());
    assertThat(stage.azure().portal().pool(PoolStage.POOL).path("vnetSubnetID").asText())
        .isEqualTo("/one");
  }

  @Test
  void anotherPoolThatIsAtWorkIsWaitedFor() {
    stage.azure().portal().creates("other", pool -> {});
    stage.azure().portal().changes("other", pool -> pool.put("provisioningState", "Upgrading"));
    stage.needs(2);
    stage.goOn(Duration.ofMinutes(10));
    assertThat(stage.puts()).isEmpty();
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("CloudBusy");
  }
}
