package dev.berth.provisioning.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FieldChangeTest {

  @Test
  void onlyWhatDiffersIsToldWithBothSides() {
    var before = Map.of("sandbox", Map.of("memory", "512Mi", "cpu", "500m"), "a/b", 1);
    var after = Map.of("sandbox", Map.of("memory", "768Mi", "cpu", "500m"), "dns", true);

    assertThat(FieldChange.between(before, after))
        .containsExactly(
            new FieldChange("/a~1b", "1", null),
            new FieldChange("/dns", null, "true"),
            new FieldChange("/sandbox/memory", "512Mi", "768Mi"));
  }

  @Test
  void itemsAreComparedInTheirOrder() {
    assertThat(FieldChange.between(List.of("a", "b"), List.of("a", "c", Map.of())))
        .containsExactly(new FieldChange("/1", "b", "c"), new FieldChange("/2", null, "{}"));
  }

  @Test
  void documentsAlikeHaveNone() {
    assertThat(FieldChange.between(Map.of("x", List.of()), Map.of("x", List.of()))).isEmpty();
  }
}
