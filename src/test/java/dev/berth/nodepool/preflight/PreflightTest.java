package dev.berth.nodepool.preflight;

import static dev.berth.nodepool.decide.Readings.NETWORK;
import static dev.berth.nodepool.decide.Readings.cluster;
import static dev.berth.nodepool.decide.Readings.pool;
import static dev.berth.nodepool.decide.Readings.quota;
import static dev.berth.nodepool.decide.Readings.size;
import static dev.berth.nodepool.decide.Readings.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.Subnets;
import dev.berth.nodepool.cloud.ClusterReading;
import dev.berth.nodepool.cloud.ClusterReading.Networking;
import dev.berth.nodepool.cloud.PoolReading;
import dev.berth.nodepool.cloud.PoolReading.Sandboxing;
import dev.berth.nodepool.decide.Readings;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreflightTest {

  private final Preflight preflight = new Preflight(new VmFamilies(VmFamilies.DEFAULT));

  @Test
  void nothingIsFoundWhereNothingIsWrong() {
    assertThat(
            preflight.findings(
                wish(3),
                cluster(pool(2, "10%")),
                Optional.of(size(Readings.SIZE, Map.of())),
                Optional.of(quota(100, 100))))
        .isEmpty();
  }

  @Test
  void whatTheCloudDoesNotSayForbidsNothing() {
    assertThat(preflight.findings(wish(3), cluster(), Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    ClusterReading wrong =
        cluster(
            "1.26.3",
            new Networking("none", "azure", true, true, List.of()),
            pool(s -> new Sandboxing("OCIContainer", "Ubuntu", "", true, true, true)));
    List<PoolFinding> findings =
        preflight.findings(
            wish(3, "kubernetes.io/role"),
            wrong,
            Optional.of(size(Readings.SIZE, Map.of("CpuArchitectureType", "Arm64"))),
            Optional.of(quota(0, 0)));

    assertThat(findings)
        .extracting(PoolFinding::reason)
        .containsExactly(
            Reason.ClusterUnfit,
            Reason.ClusterUnfit,
            Reason.NodePoolDoubtful,
            Reason.NodePoolDoubtful,
            Reason.VmSizeUnsuitable,
            Reason.NodePoolUnfit,
            Reason.NodePoolUnfit,
            Reason.NodePoolUnfit,
            Reason.NodePoolUnfit,
            Reason.NodePoolUnfit,
            Reason.NodePoolUnfit,
            Reason.CloudQuota,
            Reason.CloudQuota);
  }

  @Test
  void aPoolOfAnotherNameIsNobodysConcern() {
    ClusterReading other =
        cluster("1.36.3", NETWORK, pool(s -> new Sandboxing("", "Ubuntu", "", true, true, true)));

    assertThat(
            preflight.findings(
                wish("Standard_E4s_v5", 3), other, Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void whereANewPoolWillBeIsSaidIfThereIsAChoice() {
    Subnets a = new Subnets("/a", "");
    Subnets b = new Subnets("/b", "");

    assertThat(found(List.of(b, b))).isEmpty();
    assertThat(found(List.of(a, b, b)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains("in subnet /b, ", "not in /a;");
        });
    assertThat(found(List.of(b, a)).getFirst().message()).contains("in subnet /a, ");
    assertThat(found(List.of(b, a), pool(2, "10%"))).isEmpty();
  }

  private List<PoolFinding> found(List<Subnets> subnets, PoolReading... pools) {
    Networking network = new Networking("cilium", "cilium", false, false, subnets);
    return preflight.findings(
        wish(3), cluster("1.36.3", network, pools), Optional.empty(), Optional.empty());
  }

  @Test
  void whatIsDoubtfulRefusesNothing() {
    assertThat(new PoolFinding(Reason.NodePoolDoubtful, "").refuses()).isFalse();
    assertThat(new PoolFinding(Reason.NodePoolFull, "").refuses()).isFalse();
    assertThat(new PoolFinding(Reason.NodePoolUnfit, "").refuses()).isTrue();
  }
}
