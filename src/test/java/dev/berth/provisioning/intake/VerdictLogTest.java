package dev.berth.provisioning.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.Records;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming;
import dev.berth.store.inbox.Inbox.Ruling;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictLogTest {

  private static final Refusal REFUSAL =
      new Refusal(Reason.InvalidData, "a message with something of the payload");

  private final List<String> lines = new ArrayList<>();
  private final VerdictLog log = new VerdictLog((level, line) -> lines.add(level + " " + line));
  private final Records record = Records.good();
  private final Incoming incoming =
      new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE))).decode(record.raw());

  @ParameterizedTest
  @EnumSource(value = Ruling.class, names = "APPLIED", mode = EnumSource.Mode.EXCLUDE)
  void everyVerdictButAppliedIsTold(Ruling ruling) {
    tell(ruling);

    String level = ruling == Ruling.REFUSED || ruling == Ruling.REJECTED ? "WARN" : "INFO";
    assertThat(lines)
        .containsExactly(
            "%s verdict=%s reason=InvalidData tenant=acme source=/control-plane id=id-1 record=tenant.events/4@88123"
                .formatted(level, ruling));
  }

  @Test
  void whatIsAppliedIsToldByItsStep() {
    tell(Ruling.APPLIED);
    assertThat(lines).isEmpty();
  }

  @Test
  void aFloodIsCountedAndHidesNoOtherVerdict() {
    for (int i = 0; i < 100_000; i++) {
      tell(Ruling.REFUSED);
    }
    tell(Ruling.STALE);

    assertThat(lines).hasSize(VerdictLog.LINES_A_MINUTE + 1);
    log.tellTheRest();
    assertThat(lines.getLast())
        .isEqualTo("WARN verdict=REFUSED: 99940 more records, which are not listed");
    tell(Ruling.REFUSED);
    assertThat(lines).hasSize(VerdictLog.LINES_A_MINUTE + 3);
  }

  private void tell(Ruling ruling) {
    log.tell(record.raw(), incoming, Verdict.of(ruling, REFUSAL));
  }
}
