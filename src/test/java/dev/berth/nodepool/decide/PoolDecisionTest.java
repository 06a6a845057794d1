package dev.berth.nodepool.decide;

import static dev.berth.nodepool.decide.SeenPools.failed;
import static dev.berth.nodepool.decide.SeenPools.foreign;
import static dev.berth.nodepool.decide.SeenPools.own;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.Aspect;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The write, and what is said of Reachable, Fit, Provisioned, Sufficient and NodesReady. */
class PoolDecisionTest {

  private final PoolScene scene = new PoolScene();

  @Test
  void whatNobodyNeedsIsNotCreated() {
    assertThat(scene.says()).isEqualTo("nothing: Verified Verified NotRequired Placed NotRequired");
  }

  @Test
  void oneThatIsMissingIsCreatedWithAsManyNodesAsAreNeeded() {
    assertThat(scene.needs(2).says())
        .isEqualTo("create 2: Verified Verified NodePoolCreating NodePoolCreating Waiting");
  }

  @Test
  void oneThatIsBeingCreatedIsLeftAlone() {
    assertThat(scene.needs(5).has(own(2, "Creating")).says())
        .isEqualTo("nothing: Verified Verified NodePoolCreating NodePoolGrowing Waiting");
  }

  @Test
  void statesOfNoStandardAreWorkInProgress() {
    assertThat(scene.needs(5).has(own(2, "ProvisioningNetworkResources")).says())
        .startsWith("nothing: Verified Verified NodePoolGrowing");
  }

  @Test
  void oneThatIsTooSmallGrows() {
    assertThat(scene.needs(3).ready(1).has(own(1, "Succeeded")).says())
        .isEqualTo("grow to 3: Verified Verified NodePoolGrowing NodePoolGrowing NodesReady");
  }

  @Test
  void oneThatIsLargeEnoughIsReadyWithItsNodes() {
    assertThat(scene.needs(2).ready(2).has(own(2, "Succeeded")).says())
        .isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
  }

  @Test
  void oneThatIsLargerThanNeededIsNotShrunk() {
    assertThat(scene.needs(1).ready(4).has(own(4, "Succeeded")).says())
        .isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
    assertThat(scene.has(failed(4, "NodesNotReady")).later(Duration.ofHours(1)).looked().says())
        .as("not even where it is asked for once more")
        .doesNotContain("grow to 1");
  }

  @Test
  void nodesThatAreNotReadyYetAreStarting() {
    assertThat(scene.needs(2).ready(1).has(own(2, "Succeeded")).says())
        .isEqualTo("nothing: Verified Verified Applied Placed NodesStarting");
  }

  @Test
  void nodesThatAreNotReadyAfterHalfAnHourAreOverdue() {
    scene.needs(2).has(own(2, "Succeeded")).looked();
    assertThat(scene.later(Duration.ofMinutes(30)).says()).endsWith(" NodesStarting");
    assertThat(scene.later(Duration.ofSeconds(1)).says()).endsWith(" NoSandboxNode");
    assertThat(scene.message(Aspect.NodesReady)).contains("more than 30 minutes", "az aks update");
    assertThat(scene.looked().says()).endsWith(" NoSandboxNode");
    assertThat(scene.ready(2).says()).endsWith(" NodesReady");
  }

  @Test
  void aLongOperationDoesNotMakeNodesOverdue() {
    scene.needs(2).has(own(2, "Creating")).looked().later(Duration.ofHours(2));
    assertThat(scene.says()).endsWith(" Waiting");
    assertThat(scene.has(own(2, "Succeeded")).says()).endsWith(" NodesStarting");
  }

  @Test
  void onesOfOthersAreUsedAndNeverChanged() {
    assertThat(scene.needs(2).ready(2).has(foreign(2, "Succeeded")).says())
        .isEqualTo("nothing: Verified Verified Applied Placed NodesReady");
    assertThat(scene.needs(3).says())
        .isEqualTo("nothing: Verified Verified Applied NodePoolForeign NodesReady");
    assertThat(scene.message(Aspect.Sufficient)).contains("delete it and Berth makes one");
  }

  @Test
  void theFailureOfOneOfOthersIsTheirs() {
    scene.needs(3).ready(2).has(foreign(2, "Failed"));
    assertThat(scene.says())
        .isEqualTo("nothing: Verified Verified Applied NodePoolForeign NodesReady");
    assertThat(scene.looked().pool().progress().attempt()).isZero();
  }

  @Test
  void oneThatPlansDoNotAllowToBeLargeEnoughIsFull() {
    scene.needs(2).ready(2).has(own(2, "Succeeded")).cannotGive(Reason.NodePoolFull);
    assertThat(scene.says())
        .isEqualTo("nothing: Verified Verified Applied NodePoolFull NodesReady");
  }

  @Test
  void whatIsForbiddenIsNotWritten() {
    assertThat(scene.needs(2).found(Reason.ClusterUnfit).says())
        .isEqualTo("nothing: Verified ClusterUnfit Waiting NodePoolCreating Waiting");
  }

  @Test
  void whatIsDoubtfulIsTried() {
    assertThat(scene.needs(2).found(Reason.NodePoolDoubtful).says())
        .isEqualTo("create 2: Verified NodePoolDoubtful NodePoolCreating NodePoolCreating Waiting");
  }

  @Test
  void aSandboxThatFitsNoNodeHoldsUpNoOther() {
    assertThat(scene.needs(2).cannotGive(Reason.NodeTooSmall).says())
        .isEqualTo("create 2: Verified NodeTooSmall NodePoolCreating NodePoolCreating Waiting");
  }

  @Test
  void whoOnlyObservesSaysWhatIsMissing() {
    assertThat(scene.observing().needs(2).says())
        .isEqualTo("nothing: Verified Verified NoSandboxNode NoSandboxNode Waiting");
    assertThat(scene.message(Aspect.Provisioned)).contains("create it with 2 nodes");
    assertThat(scene.ready(1).has(own(1, "Succeeded")).says())
        .isEqualTo("nothing: Verified Verified Applied NoSandboxNode NodesReady");
  }

  @Test
  void whoObservedAndMayWriteNowDoes() {
    scene.needs(2).remembers(Aspect.Provisioned, Reason.NoSandboxNode);
    assertThat(scene.says()).startsWith("create 2");
  }
}
