package dev.berth.kubernetes.facts;

import static dev.berth.kubernetes.facts.KataPool.NEW;
import static dev.berth.kubernetes.facts.KataPool.kata;
import static dev.berth.kubernetes.facts.KataPool.node;
import static dev.berth.kubernetes.facts.KataPool.tainted;
import static dev.berth.kubernetes.facts.KataPool.tolerating;
import static dev.berth.kubernetes.facts.KataPool.withReady;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SandboxNodesTest {

  private static final Taint DEDICATED = new Taint("NoSchedule", "kata", null, "enabled");

  @Test
  void aNodeThatIsNotReadyDoesNotCount() {
    assertThat(takes(kata(NEW), withReady("False"))).isFalse();
    assertThat(takes(kata(NEW), withReady("Unknown"))).isFalse();
  }

  @Test
  void aCordonedNodeDoesNotCount() {
    Node cordoned = node(NEW).edit().editSpec().withUnschedulable(true).endSpec().build();

    assertThat(takes(kata(NEW), cordoned)).isFalse();
  }

  @Test
  void aNodeBeingDeletedDoesNotCount() {
    Node leaving =
        node(NEW)
            .edit()
            .editMetadata()
            .withDeletionTimestamp("2026-01-01T00:00:00Z")
            .endMetadata()
            .build();

    assertThat(takes(kata(NEW), leaving)).isFalse();
  }

  @Test
  void aTaintThatTheClassDoesNotTolerateKeepsANodeOut() {
    assertThat(takes(kata(NEW), tainted(DEDICATED))).isFalse();
    assertThat(takes(tolerating("kata", "Equal", "disabled", null), tainted(DEDICATED))).isFalse();
    assertThat(takes(tolerating("kata", "Equal", "enabled", "NoExecute"), tainted(DEDICATED)))
        .isFalse();
    assertThat(takes(tolerating("other", "Exists", null, null), tainted(DEDICATED))).isFalse();
    assertThat(takes(tolerating("kata", "Gt", "1", null), tainted(DEDICATED))).isFalse();
  }

  @Test
  void aTaintThatTheClassToleratesDoesNotMatter() {
    assertThat(takes(tolerating("kata", "Equal", "enabled", "NoSchedule"), tainted(DEDICATED)))
        .isTrue();
    assertThat(takes(tolerating("kata", null, "enabled", null), tainted(DEDICATED))).isTrue();
    assertThat(takes(tolerating("kata", "Exists", null, null), tainted(DEDICATED))).isTrue();
    assertThat(takes(tolerating(null, "Exists", null, null), tainted(DEDICATED))).isTrue();
  }

  @Test
  void aTaintThatOnlyDiscouragesDoesNotMatter() {
    assertThat(takes(kata(NEW), tainted(new Taint("PreferNoSchedule", "kata", null, "x"))))
        .isTrue();
  }

  @Test
  void taintsThatKeepTheClassOutAreNamed() {
    assertThat(barring(kata(NEW), tainted(DEDICATED))).containsExactly("kata=enabled:NoSchedule");
    assertThat(barring(kata(NEW), tainted(new Taint("NoExecute", "broken", null, null))))
        .containsExactly("broken:NoExecute");
  }

  @Test
  void taintsThatKeepNobodyOutAreNotNamed() {
    Taint discouraging = new Taint("PreferNoSchedule", "kata", null, "x");
    Node elsewhere = node("other").edit().editSpec().withTaints(DEDICATED).endSpec().build();

    assertThat(barring(kata(NEW), tainted(discouraging))).isEmpty();
    assertThat(barring(tolerating("kata", "Exists", null, null), tainted(DEDICATED))).isEmpty();
    assertThat(barring(kata(NEW), elsewhere)).isEmpty();
  }

  private static boolean takes(RuntimeClass runtimeClass, Node node) {
    return SandboxNodes.of(runtimeClass).include(node);
  }

  private static Stream<String> barring(RuntimeClass runtimeClass, Node node) {
    return SandboxNodes.of(runtimeClass).barringTaints(node);
  }
}
