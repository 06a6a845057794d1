package dev.berth.nodepool.preflight;

import static dev.berth.nodepool.decide.Readings.size;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.nodepool.decide.Readings;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeRulesTest {

  private static final String UNLISTED = "Standard_B4ms";
  private static final VmFamilies FAMILIES = new VmFamilies(VmFamilies.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "HyperVGenerations, V1, Generation 2",
    "hypervgenerations, V1, Generation 2",
    "CpuArchitectureType, Arm64, x64",
    "ConfidentialComputingType, SNP, confidential",
    "NestedVirtualization, False, virtual machines of its own",
    "SupportsNestedVirtualisation, false, virtual machines of its own",
  })
  void aCapabilityThatSandboxesCannotLiveWithRefuses(String name, String value, String told) {
    Map<String, String> differing =
        name.equals("hypervgenerations")
            ? Map.of("HyperVGenerations", "", name, value)
            : Map.of(name, value);
    assertThat(judge(Readings.SIZE, differing))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.VmSizeUnsuitable);
          assertThat(finding.message())
              .contains("VM size " + Readings.SIZE, told, "another VM size");
        });
  }

  @ParameterizedTest
  @CsvSource({
    "HyperVGenerations, V2",
    "HyperVGenerations, ''",
    "CpuArchitectureType, X64",
    "CpuArchitectureType, ''",
    "ConfidentialComputingType, ' '",
    "NestedVirtualization, True",
    "NestedVirtualization, maybe",
  })
  void anyOtherCapabilityIsFineOrNotSaid(String name, String value) {
    assertThat(judge(Readings.SIZE, Map.of(name, value))).isEmpty();
  }

  @Test
  void whatTheCloudSaysOfNestingWinsOverTheFamilies() {
    assertThat(judge(UNLISTED, Map.of("NestedVirtualization", "True"))).isEmpty();
  }

  @Test
  void aSizeThatNestsMustBeFitInEveryOtherWay() {
    assertThat(
            judge(UNLISTED, Map.of("NestedVirtualization", "True", "CpuArchitectureType", "Arm64")))
        .extracting(PoolFinding::reason)
        .containsExactly(Reason.VmSizeUnsuitable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maybe"})
  void aSizeOfWhichNothingIsKnownIsTried(String nested) {
    assertThat(judge(UNLISTED, Map.of("NestedVirtualization", nested)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains(UNLISTED, "it is tried");
        });
    assertThat(SizeRules.judge(UNLISTED, Optional.empty(), FAMILIES))
        .extracting(PoolFinding::reason)
        .containsExactly(Reason.NodePoolDoubtful);
  }

  @Test
  void aSizeThatCannotBeHadIsRefused() {
    SizeReading restricted =
        new SizeReading(
            Readings.SIZE, "", Map.of(), List.of("NotAvailableForSubscription", "QuotaId"));
    assertThat(SizeRules.judge(Readings.SIZE, Optional.of(restricted), FAMILIES))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.VmSizeUnsuitable);
          assertThat(finding.message()).contains("NotAvailableForSubscription, QuotaId");
        });
  }

  private static List<PoolFinding> judge(String vmSize, Map<String, String> differing) {
    return SizeRules.judge(vmSize, Optional.of(size(vmSize, differing)), FAMILIES);
  }
}
