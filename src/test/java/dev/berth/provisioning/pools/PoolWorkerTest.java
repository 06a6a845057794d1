package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.nodepool.Aspect;
import dev.berth.nodepool.NodePool;
import dev.berth.nodepool.PoolIntent;
import dev.berth.nodepool.PoolName;
import dev.berth.nodepool.cloud.Cloud;
import dev.berth.plan.Plan.PoolTerms;
import dev.berth.provisioning.WithoutACluster;
import dev.berth.provisioning.pools.MishapCloud.Crash;
import dev.berth.store.pools.NodePools;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mistake of Berth's own in one look. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolWorkerTest extends OnPoolStage {

  private static final PoolName FIRST = new PoolName(PoolStage.POOL);
  private static final PoolTerms OTHER = new PoolTerms("Standard_E8s_v5", 0, 10);

  @Inject NodePools pools;

  private Cloud cloud;

  @BeforeEach
  void twoPoolsAreDue() {
    pools.keep(List.of(PoolStage.TERMS, OTHER));
    stage.sql("UPDATE node_pool SET next_run_at = now() - interval '1 minute'");
    stage.sql(
        "UPDATE node_pool SET next_run_at = now() - interval '2 minutes' WHERE name = '%s'"
            .formatted(FIRST));
    cloud = new MishapCloud(stage.stand().cloud()).whileReading();
  }

  @Test
  void holdsUpNeitherItsPoolNorTheOthers() {
    PoolWorker worker = worker(stage.work());

    assertThat(worker.runDue(names())).isTrue();
    NodePool failed = stage.pool();
    assertThat(stage.reason(Aspect.Reachable)).isEqualTo("Unexpected");
    assertThat(failed.progress().conditions().get(Aspect.Reachable).orElseThrow().message())
        .contains("kd8sv5", "Crash", "report it");
    assertThat(failed.progress().retryAt())
        .isBefore(stage.stand().clock().instant().plusSeconds(61));

    cloud = stage.stand().cloud();
    assertThat(worker.runDue(names())).as("the other one is next").isTrue();
    assertThat(pools.find(PoolName.of(OTHER.vmSize())).orElseThrow().progress().conditions().list())
        .isNotEmpty();
    stage.look();
    assertThat(stage.reason(Aspect.Reachable)).isEqualTo("Verified");
    assertThat(stage.pool().progress().attempt()).isZero();
  }

  @Test
  void forgetsNothingThatWasBegun() {
    stage.needs(2);
    cloud = new MishapCloud(stage.stand().cloud()).afterWriting(Crash::now);

    worker(stage.work()).runDue(names());

    assertThat(stage.pool().intent()).isEqualTo(new PoolIntent(true, 2));
    cloud = stage.stand().cloud();
    stage.look();
    assertThat(stage.counts()).containsExactly(2);
    assertThat(stage.reason(Aspect.Provisioned)).isEqualTo("NodePoolCreating");
  }

  /** As while the database is away. */
  @Test
  void isRecordedAsSoonAsThatIsPossible() {
    PoolWorker worker = worker(stage.work());
    cloud =
        new MishapCloud(stage.stand().cloud())
            .whileLooking(() -> {
              stage.sql("ALTER TABLE node_pool RENAME TO node_pool_away");
              throw new IllegalStateException("no database");
            });
    assertThatThrownBy(() -> worker.runDue(names())).isInstanceOf(RuntimeException.class);
    stage.sql("ALTER TABLE node_pool_away RENAME TO node_pool");
    cloud = stage.stand().cloud();

    assertThat(worker.runDue(names())).isTrue();
    assertThat(stage.reason(Aspect.Reachable)).isEqualTo("Unexpected");
  }

  private static List<PoolName> names() {
    return List.of(FIRST, PoolName.of(OTHER.vmSize()));
  }

  @SuppressWarnings("NullAway") // nothing but the looks of the worker is used
  private PoolWorker worker(PoolWork work) {
    return new PoolWorker(
        pools, work, null, null, null, PoolLines.config(PoolConfig.AzureMode.ENSURE), () -> cloud);
  }
}
