package dev.berth.provisioning.pools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.provisioning.WithoutACluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of Azure's patience looks cost, which the whole subscription shares. */
@QuarkusTest
@Tag("application")
@TestProfile(WithoutACluster.class)
class PoolRequestsTest extends OnPoolStage {

  private static final int LOOKS = 60;

  /** As often as tenants that keep arriving make a pool due. */
  @Test
  void longListsAreNotReadWithEveryLook() {
    stage.azure().busyFor(Duration.ofHours(1));
    stage.needs(2);
    for (int i = 0; i < LOOKS; i++) {
      stage.look();
      stage.stand().goOn(Duration.ofSeconds(5));
    }

    assertThat(asked(Call.LIST_SKUS)).isOne();
    assertThat(asked(Call.LIST_USAGES)).isEqualTo(5);
    assertThat(asked(Call.GET_CLUSTER)).isEqualTo(LOOKS);
    assertThat(stage.requests()).isEqualTo(2 * LOOKS + 6);
    assertThat(stage.azure().journal().all()).noneMatch(answer -> answer.status() == 429);
  }

  @Test
  void whatIsLeftOfTheQuotaIsReadAnewBeforeAWrite() {
    stage.azure().busyFor(Duration.ofSeconds(20));
    stage.needs(2);
    stage.look();
    stage.azure().portal().allowsVcpus(12);
    stage.stand().goOn(Duration.ofSeconds(30));
    stage.look();

    assertThat(stage.puts()).isEmpty();
    assertThat(stage.events()).endsWith("FAILED CloudQuota");
    assertThat(asked(Call.LIST_USAGES)).isEqualTo(2);
  }

  @Test
  void whoMayNotReadTheSubscriptionIsNotAskedAgainWithEveryLook() {
    Mishap denied = Mishap.refuse(403, "AuthorizationFailed", "does not have authorization");
    stage.azure().always(Call.LIST_SKUS, denied);
    stage.azure().always(Call.LIST_USAGES, denied);
    stage.needs(2);
    for (int i = 0; i < 10; i++) {
      stage.look();
    }

    assertThat(asked(Call.LIST_SKUS)).isOne();
    assertThat(asked(Call.LIST_USAGES)).isOne();
    assertThat(stage.counts()).as("the first node tells how large one is").containsExactly(1);
  }

  private int asked(Call call) {
    return stage.azure().journal().of(call).size();
  }
}
