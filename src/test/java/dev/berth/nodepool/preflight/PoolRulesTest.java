package dev.berth.nodepool.preflight;

import static dev.berth.nodepool.decide.Readings.SANDBOXING;
import static dev.berth.nodepool.decide.Readings.pool;
import static dev.berth.nodepool.decide.Readings.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.PoolReading.Machines;
import dev.berth.nodepool.cloud.PoolReading.Sandboxing;
import dev.berth.nodepool.decide.Readings;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolRulesTest {

  @Test
  void aPoolForSandboxesIsFine() {
    assertThat(PoolRules.judge(wish(3), pool(s -> s))).isEmpty();
    assertThat(judge(s -> runtime("katavmisolation", s))).isEmpty();
    assertThat(judge(s -> os("azurelinux", s.image()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OCIContainer, only a new pool",
    "'', only a new pool",
    "WasmWasi, only a new pool",
    "KataVmIsolationV2, only a new pool",
    "KataCcIsolation, Confidential Containers",
  })
  void anotherWorkloadRuntimeIsRefusedAsItCannotBeChanged(String runtime, String told) {
    assertThat(judge(s -> runtime(runtime, s)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message())
              .contains("pool kd8sv5 of cluster prod", runtime, told, "KataVmIsolation", "remove");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"KataMshvVmIsolation", "katamshvvmisolation"})
  void theFormerNameOfTheWorkloadRuntimeIsDoubtful(String runtime) {
    assertThat(judge(s -> runtime(runtime, s)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains(runtime, "KataVmIsolation");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "mariner, today's name is AzureLinux",
    "Mariner, today's name is AzureLinux",
    "CBLMariner, today's name is AzureLinux",
    "Ubuntu, need AzureLinux",
    "Ubuntu2404, need AzureLinux",
    "AzureContainerLinux, need AzureLinux",
    "OSGuard, need AzureLinux",
    "AzureLinuxOSGuard, need AzureLinux",
    "Flatcar, need AzureLinux",
    "Windows2022, need AzureLinux",
  })
  void anotherSystemIsRefused(String sku, String told) {
    assertThat(judge(s -> os(sku, "")))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message()).contains("osSKU " + sku, told, "remove the pool");
        });
  }

  @ParameterizedTest
  @CsvSource({"AzureLinux3, not been seen", "'', does not say"})
  void aSystemThatIsNotKnownToDoIsDoubtful(String sku, String told) {
    assertThat(judge(s -> os(sku, s.image())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains("osSKU", told, "AzureLinux");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AKSAzureLinux-V2katagen2-202508.20.0",
        "AKSCBLMariner-V2katagen2-202311.07.0",
      })
  void imagesOfAzureLinux2AreRefused(String image) {
    assertThat(judge(s -> os("AzureLinux", image)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message()).contains(image, "Azure Linux 2", "remove the pool");
        });
  }

  @Test
  void fipsIsRefused() {
    assertRefused(s -> switched(s, true, false, false), "enableFIPS");
  }

  /** It can be switched on when the pool has long been there. */
  @Test
  void trustedLaunchThatIsSwitchedOnLaterIsRefused() {
    assertRefused(s -> switched(s, false, true, false), "Trusted Launch");
  }

  @Test
  void artifactStreamingIsRefused() {
    assertRefused(s -> switched(s, false, false, true), "artifact streaming");
  }

  @Test
  void anotherVmSizeUnderTheSameNameIsRefused() {
    Machines others = new Machines("Standard_D8s_v3", 2, null, 250, "10%");
    assertThat(PoolRules.judge(wish(3), pool(others, SANDBOXING)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message()).contains("Standard_D8s_v3", Readings.SIZE);
        });
    Machines alike = new Machines("standard_d8s_v5", 2, null, 250, "10%");
    assertThat(PoolRules.judge(wish(3), pool(alike, SANDBOXING))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes.azure.com/role",
        "kubernetes.io/os",
        "node.kubernetes.io/x",
        "Kubernetes.IO/os"
      })
  void aReservedLabelIsRefused(String label) {
    assertThat(PoolRules.judge(wish(3, label, "berth.dev/pool")))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message()).contains("kd8sv5", label, "reserved");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"berth.dev/pool", "pool", "kubernetes.io", "notkubernetes.io/os"})
  void anyOtherLabelIsFine(String label) {
    assertThat(PoolRules.judge(wish(3, label))).isEmpty();
  }

  private static void assertRefused(UnaryOperator<Sandboxing> change, String told) {
    assertThat(judge(change))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolUnfit);
          assertThat(finding.message()).contains("pool kd8sv5 of cluster prod", told);
        });
  }

  private static List<PoolFinding> judge(UnaryOperator<Sandboxing> change) {
    return PoolRules.judge(wish(3), pool(change));
  }

  private static Sandboxing runtime(String runtime, Sandboxing s) {
    return new Sandboxing(runtime, s.osSku(), s.image(), false, false, false);
  }

  private static Sandboxing os(String sku, String image) {
    return new Sandboxing("KataVmIsolation", sku, image, false, false, false);
  }

  private static Sandboxing switched(
      Sandboxing s, boolean fips, boolean trustedLaunch, boolean streaming) {
    return new Sandboxing(
        s.workloadRuntime(), s.osSku(), s.image(), fips, trustedLaunch, streaming);
  }
}
