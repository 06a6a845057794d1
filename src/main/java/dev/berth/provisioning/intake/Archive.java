package dev.berth.provisioning.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.store.inbox.KeptRecord;
import dev.berth.store.inbox.Parked.ParkedRequest;
import dev.berth.store.quarantine.Letter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records to what the store keeps of them, and back. */
final class Archive {

  private static final int PAYLOAD_KEPT = 1024 * 1024;
  private static final int HEADERS_KEPT = 1000;

  private Archive() {}

  static KeptRecord keep(RawRecord raw) {
    Position at = raw.position();
    return new KeptRecord(
        at.topic(), at.partition(), at.offset(), headers(raw.headers()), kept(raw.value()));
  }

  /** A request that was kept: it passed every check of its envelope, so nothing of it was cut. */
  static RawRecord restore(ParkedRequest request) {
    KeptRecord kept = request.kept();
    return new RawRecord(
        new Position(kept.topic(), kept.partition(), kept.offset()),
        request.arrived(),
        request.tenant().getBytes(UTF_8),
        headers(kept.headers()),
        kept.payload());
  }

  /**
   * A record that was not taken, as it was kept.
   *
   * @param key null = it had none
   */
  static RawRecord restore(Letter letter, byte @Nullable [] key) {
    KeptRecord kept = letter.kept();
    Instant sent = letter.sentAt();
    return new RawRecord(
        new Position(kept.topic(), kept.partition(), kept.offset()),
        sent == null ? letter.record().refusedAt() : sent,
        key,
        headers(kept.headers()),
        kept.payload());
  }

  private static byte @Nullable [] kept(byte @Nullable [] value) {
    return value == null || value.length <= PAYLOAD_KEPT
        ? value
        : Arrays.copyOf(value, PAYLOAD_KEPT);
  }

  private static String headers(List<Header> headers) {
    return headers.stream()
        .limit(HEADERS_KEPT)
        .map(Archive::line)
        .collect(Collectors.joining("\n"));
  }

  /**
   * Name and value in Base64, as they may hold anything; the name alone where there is no value.
   */
  private static String line(Header header) {
    String name = Base64.getEncoder().encodeToString(header.name().getBytes(UTF_8));
    byte[] value = header.value();
    return value == null ? name : name + " " + Base64.getEncoder().encodeToString(value);
  }

  private static List<Header> headers(String lines) {
    return lines.lines().map(Archive::header).toList();
  }

  private static Header header(String line) {
    String[] parts = line.split(" ", 2);
    return new Header(
        new String(Base64.getDecoder().decode(parts[0]), UTF_8),
        parts.length == 1 ? null : Base64.getDecoder().decode(parts[1]));
  }
}
