package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.store.inbox.EventId;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.inbox.Parked.ParkedRequest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveTest {

  private static final RawRecord RECORD =
      new RawRecord(
          new Position("tenant.events", 4, 7),
          Instant.EPOCH,
          "acme".getBytes(UTF_8),
          List.of(
              new Header("ce_id", "e1".getBytes(UTF_8)),
              new Header("twice", new byte[] {0, -1}),
              new Header("twice", new byte[0]),
              new Header("without a value", null)),
          "{}".getBytes(UTF_8));

  @Test
  void aRecordThatWasKeptIsRestoredByteByByte() {
    assertThat(restored(Archive.keep(RECORD))).usingRecursiveComparison().isEqualTo(RECORD);
  }

  @Test
  void headersAreWrittenAsOperatorsReadThem() {
    assertThat(Archive.keep(RECORD).headers().lines())
        .containsExactly("Y2VfaWQ= ZTE=", "dHdpY2U= AP8=", "dHdpY2U= ", "d2l0aG91dCBhIHZhbHVl");
  }

  private static RawRecord restored(KeptRecord kept) {
    return Archive.restore(
        new ParkedRequest(new EventId("/control-plane", "e1"), "acme", kept, Instant.EPOCH, null));
  }
}
