package dev.berth.plan.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Overhead;
import dev.berth.plan.Samples;
import dev.berth.plan.SandboxClass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of every release name a pool by the same text: room that was taken under it stays taken. */
class PoolTest {

  @Test
  void aPoolIsNamedByItsSelectorAsTheFirstReleaseDid() {
    assertThat(Pool.of(Samples.runtime(0, 0)))
        .hasToString("{kubernetes.azure.com/kata-vm-isolation=true}");
    assertThat(pool(Map.of("zone", "b", "agentpool", "kata", "kubernetes.io/os", "linux")))
        .hasToString("{agentpool=kata, kubernetes.io/os=linux, zone=b}");
    assertThat(pool(Map.of())).hasToString("{}");
  }

  private static Pool pool(Map<String, String> selector) {
    return Pool.of(
        new SandboxClass(
            "kata",
            "kata",
            new Overhead(0, 0),
            new SandboxClass.Places(selector, List.of(), List.of(), List.of()),
            SandboxClass.Canary.UNPROVEN));
  }
}
