package dev.berth.kubernetes.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Outcome;
import dev.berth.tenant.condition.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** L3: progress has a limit in time, by the clock of the cluster. */
class HeadwayTest {

  private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
  private static final Outcome.InProgress GOES_ON =
      new Outcome.InProgress(Reason.NamespaceTerminating, "goes on", Duration.ofSeconds(2));

  @Test
  void aDeletionThatWasBegunALittleWhileAgoGoesOn() {
    assertThat(judge(deleted("11:58:00", ""), List.of("it has a finalizer"))).isEqualTo(GOES_ON);
  }

  @Test
  void whoHoldsItForTwoMinutesIsNamed() {
    assertThat(judge(deleted("11:57:59", ""), List.of("a", "b")))
        .isEqualTo(
            new Outcome.Rejected(
                Reason.DeletionBlocked, "it goes; it waits: a; b; remove what holds it"));
  }

  @Test
  void whereNobodySaysWhatHoldsItTheControllerIsLookedAt() {
    assertThat(judge(deleted("11:57:59", ""), List.of()))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class,
            held -> assertThat(held.message()).contains("kube-controller-manager"));
  }

  @Test
  void whatTheControllerNotesDownIsProgress() {
    String note = "{'manager': 'c', 'subresource': 'status', 'time': '2026-11-29T11:59:00Z'}";
    String label = "{'manager': 'rancher', 'time': '2026-11-29T11:59:30Z'}";

    assertThat(judge(deleted("11:00:00", note), List.of("a"))).isEqualTo(GOES_ON);
    assertThat(judge(deleted("11:00:00", label), List.of("a")))
        .as("what others write into it is none")
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void whatOthersMustActUponIsAsOldAsWhatBerthWrote() {
    Live written =
        live("{'managedFields': [{'manager': 'berth', 'time': '2026-11-29T11:57:59Z'}]}");

    assertThat(Headway.sinceWritten(written, NOON).isLost(NOON)).isTrue();
    assertThat(Headway.sinceWritten(written, NOON).isLost(NOON.minusSeconds(1))).isFalse();
    assertThat(Headway.sinceWritten(live("{}"), NOON).isLost(NOON)).as("nobody tells").isFalse();
  }

  private static Outcome judge(Live object, List<String> holders) {
    return Headway.ofDeletion(object).judge("it goes", holders, GOES_ON, NOON);
  }

  private static Live deleted(String time, String entry) {
    return live(
        "{'deletionTimestamp': '2026-11-29T%sZ', 'managedFields': [%s]}".formatted(time, entry));
  }

  private static Live live(String metadata) {
    return new Live(Hands.json("{'metadata': " + metadata + "}"));
  }
}
