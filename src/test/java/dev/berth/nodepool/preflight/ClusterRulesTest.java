package dev.berth.nodepool.preflight;

import static dev.berth.nodepool.decide.Readings.NETWORK;
import static dev.berth.nodepool.decide.Readings.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.nodepool.cloud.ClusterReading.Networking;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterRulesTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.26.99", "1.9.0", "1.26"})
  void kubernetesBefore127IsRefused(String version) {
    assertThat(ClusterRules.judge("prod", cluster(version, NETWORK)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.ClusterUnfit);
          assertThat(finding.message()).contains("cluster prod", version, "1.27", "upgrade");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.27.0", "1.35.9"})
  void kubernetesBefore136SetsNoClass(String version) {
    assertThat(ClusterRules.judge("prod", cluster(version, NETWORK)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains(version, "1.36", "name the class");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.36.0", "1.37", "1.100.1"})
  void laterVersionsAreFine(String version) {
    assertThat(ClusterRules.judge("prod", cluster(version, NETWORK))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2.0.0", "1.x", "latest", "1.99999999999999999999.0"})
  void aVersionThatIsNoneIsDoubtful(String version) {
    assertThat(ClusterRules.judge("prod", cluster(version, NETWORK)))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains("'" + version + "'");
        });
  }

  @Test
  void ebpfHostRoutingIsRefused() {
    assertThat(judge(new Networking("cilium", "cilium", true, false, List.of())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.ClusterUnfit);
          assertThat(finding.message()).contains("cluster prod", "eBPF host routing", "turn");
        });
  }

  @ParameterizedTest
  @CsvSource({"none, not enforced", "None, not enforced", "'', not enforced", "azure, 2028-09-30"})
  void anEngineOfNetworkPoliciesThatIsMissingOrEndsIsDoubtful(String policy, String told) {
    assertThat(judge(new Networking(policy, "", false, false, List.of())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains("cluster prod", told, "cilium");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"cilium", "calico", "Calico", "somebody's"})
  void otherEnginesAreFine(String policy) {
    assertThat(judge(new Networking(policy, "", false, false, List.of()))).isEmpty();
  }

  @Test
  void localDnsIsTold() {
    assertThat(judge(new Networking("cilium", "cilium", false, true, List.of())))
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.reason()).isEqualTo(Reason.NodePoolDoubtful);
          assertThat(finding.message()).contains("LocalDNS", "169.254.10.11");
        });
  }

  private static List<PoolFinding> judge(Networking network) {
    return ClusterRules.judge("prod", cluster("1.36.3", network));
  }
}
