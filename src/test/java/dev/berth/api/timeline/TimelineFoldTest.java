package dev.berth.api.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.api.timeline.TimelineEntry.Ending;
import dev.berth.store.search.TimelineRows.Happening;
import dev.berth.store.search.TimelineRows.Moment;
import dev.berth.store.search.TimelineRows.Treatment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimelineFoldTest {

  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

  @Test
  void failuresAlikeInARowAreOneEntryWithTheLatestWords() {
    List<TimelineEntry> page =
        page(null, step(5, "provisioned", "Provisioned"), failed(4), failed(3), failed(2), sent(1));

    assertThat(page).extracting(entry -> entry.span().count()).containsExactly(1, 3, 1);
    assertThat(page.get(1).span().time()).isEqualTo(NOON.plusSeconds(4));
    assertThat(page.get(1).span().firstTime()).isEqualTo(NOON.plusSeconds(2));
    assertThat(page.get(1).detail().message()).isEqualTo("step 4");
    assertThat(page.get(2).kind()).isEqualTo("request");
  }

  @Test
  void whatWentWellIsNeverFolded() {
    assertThat(page(null, step(2, "accepted", "Accepted"), step(1, "accepted", "Accepted")))
        .hasSize(2);
  }

  @Test
  void anotherReasonEndsARow() {
    assertThat(page(null, failed(3), step(2, "blocked", "QuotaTooSmall"), failed(1))).hasSize(3);
  }

  @Test
  void whatIsNotAskedForEndsARowTooAndIsLeftOut() {
    List<TimelineEntry> page =
        page(Ending.FAILED, failed(3), step(2, "provisioned", "Provisioned"), failed(1));

    assertThat(page).extracting(entry -> entry.span().count()).containsExactly(1, 1);
  }

  @Test
  void aRejectedRequestIsAFailureAndAStaleOneIsNot() {
    assertThat(page(null, request(2, "REJECTED"), request(1, "STALE")))
        .extracting(TimelineEntry::outcome)
        .containsExactly(Ending.FAILED, Ending.OK);
  }

  @Test
  void aPageDoesNotCutARowAndEndsBeforeTheNextEntry() {
    TimelineFold fold = new TimelineFold(1, null, Moment.NOW);

    assertThat(fold.take(failed(3))).isTrue();
    assertThat(fold.take(failed(2))).isTrue();
    assertThat(fold.take(sent(1))).isFalse();

    assertThat(fold.end()).extracting(entry -> entry.span().count()).containsExactly(2);
    assertThat(fold.reached()).isEqualTo(failed(2).moment());
  }

  private static List<TimelineEntry> page(@Nullable Ending wanted, Happening... rows) {
    TimelineFold fold = new TimelineFold(50, wanted, Moment.NOW);
    List.of(rows).forEach(row -> assertThat(fold.take(row)).isTrue());
    return fold.end();
  }

  private static Happening failed(int number) {
    return step(number, "provisioning-failed", "ApiUnavailable");
  }

  private static Happening step(int number, String type, String reason) {
    String payload =
        "{\"phase\":\"X\",\"reason\":\"%s\",\"message\":\"step %d\"}".formatted(reason, number);
    return new Happening(
        moment("step", number), "dev.berth.tenant." + type + ".v1", payload.getBytes(UTF_8), null);
  }

  private static Happening sent(int number) {
    return request(number, "APPLIED");
  }

  private static Happening request(int number, String verdict) {
    return new Happening(
        moment("request", number), "created", null, new Treatment("/cp", verdict, null, null, 1));
  }

  private static Moment moment(String kind, int number) {
    return new Moment(NOON.plusSeconds(number), kind, "" + number);
  }
}
