package dev.berth.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class WatchOptionTest {

  private final Deque<JsonNode> answers = new ArrayDeque<>();
  private final List<String> shown = new ArrayList<>();

  @Test
  void onceIsEnoughUnlessItIsToGoOn() throws Exception {
    answers.add(TextNode.valueOf("a"));

    new WatchOption(false, Duration.ZERO)
        .show(answers::remove, answer -> shown.add(answer.asText()));

    assertThat(shown).containsExactly("a");
  }

  @Test
  void whatGoesOnIsShownWhenItChangesAndEndsWhereItCannotBeRead() {
    for (String answer : List.of("a", "a", "b", "b", "a")) {
      answers.add(TextNode.valueOf(answer));
    }

    assertThatThrownBy(() ->
            new WatchOption(true, Duration.ZERO)
                .show(answers::remove, answer -> shown.add(answer.asText())))
        .isInstanceOf(NoSuchElementException.class);
    assertThat(shown).containsExactly("a", "b", "a");
  }
}
