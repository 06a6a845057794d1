package dev.berth.tenant.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Reason.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdviceTest {

  private static final String TOP =
      """
      # Reasons

      `reason` of conditions, events, quarantine, REST and logs, with what each means, who must act and what to do. The message next to
      a reason names the case. Events and REST say the same (`actor`, `nextStep`). Written by the build.
      """;
  private static final Set<Weight> HELD_BACK = EnumSet.of(Weight.BLOCK, Weight.REFUSAL);

  @ParameterizedTest
  @EnumSource
  void everyReasonSaysWhatItMeansWhoMustActAndWhatToDo(Reason reason) {
    Advice advice = Advice.of(reason);

    assertThat(advice.meaning()).matches("[A-Z][^\\n]*\\.");
    if (advice.nextStep() != null) {
      assertThat(advice.nextStep()).matches("[A-Z][^\\n]*\\.");
    }
    assertThat(advice.actor() == Actor.NOBODY || advice.nextStep() != null)
        .as("whoever must act is told what to do")
        .isTrue();
    assertThat(HELD_BACK.contains(reason.weight()) && advice.actor() == Actor.NOBODY)
        .as("what does not go on by itself has an actor")
        .isFalse();
  }

  /** To write it anew, and then review the difference: {@code -Dgolden.update=true}. */
  @Test
  void thePageForPeopleSaysTheSame() throws IOException {
    Path page = Path.of("docs/reasons.md");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(page, page());
    }
    assertThat(page).hasContent(page());
  }

  private static String page() {
    StringBuilder page = new StringBuilder(TOP);
    for (Section section : SECTIONS) {
      page.append("\n## ")
          .append(section.title())
          .append("\n\n| reason | meaning | who | do |\n|---|---|---|---|\n");
      Arrays.stream(Reason.values())
          .filter(reason -> section.weights().contains(reason.weight()))
          .forEach(reason -> page.append(row(reason)));
    }
    return page.toString();
  }

  private static String row(Reason reason) {
    Advice advice = Advice.of(reason);
    String step = advice.nextStep();
    return "| <a id=\"%s\"></a>`%s` | %s | %s | %s |%n"
        .formatted(
            reason.name().toLowerCase(),
            reason,
            advice.meaning(),
            advice.actor() == Actor.NOBODY ? "-" : advice.actor().words(),
            step == null ? "" : step);
  }

  private record Section(String title, List<Weight> weights) {}

  private static final List<Section> SECTIONS =
      List.of(
          new Section("Blocked: waits for a person or a change", List.of(Weight.BLOCK)),
          new Section("Waitlisted: waits for its turn", List.of(Weight.WAIT)),
          new Section("Failed: retried automatically", List.of(Weight.RETRY)),
          new Section("Holds nothing back, but is worth a look", List.of(Weight.WAIVED)),
          new Section("In progress, and as it should be", List.of(Weight.PROGRESS, Weight.GOOD)),
          new Section("Refused records and calls", List.of(Weight.REFUSAL)));
}
