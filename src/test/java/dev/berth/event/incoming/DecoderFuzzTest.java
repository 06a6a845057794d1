package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever comes, the decoder answers; the seed of a failure is in its message. */
class DecoderFuzzTest {

  private static final int CASES = 25_000;
  private static final List<String> SPLINTERS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "\\",
          "\\u0000",
          "\\ud83d",
          "\0",
          "1e999999999",
          "-",
          "null",
          "\"system:masters\"",
          "\"owners\":",
          "[[[[[[[[",
          "\uFEFF",
          "\uD83D\uDE00",
          "tenant-acme",
          "99999999999999999999");

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));
  private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
  private int requests;

  @Test
  void everyRecordEndsInARequestOrAReason() {
    for (long seed = 0; seed < CASES; seed++) {
      RawRecord raw = record(new Random(seed));
      try {
        judge(decoder.decode(raw));
      } catch (Throwable e) {
        fail("seed " + seed + ": " + describe(raw), e);
      }
    }
    // The fuzzing reaches all layers, or it proves little.
    assertThat(requests).isGreaterThan(CASES / 100);
    assertThat(reasons.keySet())
        .contains(
            Reason.NoKey,
            Reason.NoValue,
            Reason.NotCloudEvent,
            Reason.DuplicateHeader,
            Reason.SourceNotAllowed,
            Reason.KeyMismatch,
            Reason.InvalidTenantId,
            Reason.UnknownType,
            Reason.InvalidData);
  }

  private void judge(Incoming incoming) {
    switch (incoming) {
      case Request request -> {
        requests++;
        assertThat(request.request().tenant()).isEqualTo(request.envelope().tenant());
        assertThat(request.request().generation()).isBetween(1L, (1L << 53) - 1);
        if (request.request() instanceof Upsert upsert) {
          assertThat(upsert.spec().owners())
              .hasSizeBetween(1, 100)
              .noneMatch(it -> it.name().startsWith("system:"));
        }
      }
      case Invalid rejected -> count(rejected.refusal());
      case Refused refused -> count(refused.refusal());
    }
  }

  private void count(Refusal refusal) {
    assertThat(refusal.message()).isNotBlank();
    MembersFuzzTest.assertSaysNothingOfBerthsCode(refusal.message());
    assertThat(refusal.message().chars()).noneMatch(Character::isISOControl);
    reasons.merge(refusal.reason(), 1, Integer::sum);
  }

  private static RawRecord record(Random random) {
    boolean binary = random.nextBoolean();
    Records good = binary ? Records.good() : Records.structured(Records.envelope(Records.SNAPSHOT));
    if (binary && random.nextInt(10) == 0) {
      // Another tenant, so that key and subject agree.
      String tenant = "acme".substring(random.nextInt(5)) + SPLINTERS.get(random.nextInt(15));
      good = Records.of(tenant, Records.CREATED, Records.SNAPSHOT);
    }
    RawRecord raw = good.raw();
    byte[] key = raw.key();
    byte[] value = raw.value();
    List<Header> headers = new ArrayList<>(raw.headers());
    int mutations = 1 + random.nextInt(3);
    for (int i = 0; i < mutations; i++) {
      switch (random.nextInt(8)) {
        case 0 -> key = mutate(key, random);
        case 1, 2 -> mutateHeader(headers, random);
        default -> value = mutate(value, random);
      }
    }
    return new RawRecord(new Position(raw.topic(), 0, 0), Instant.EPOCH, key, headers, value);
  }

  private static void mutateHeader(List<Header> headers, Random random) {
    int at = random.nextInt(headers.size());
    Header header = headers.get(at);
    switch (random.nextInt(4)) {
      case 0 -> headers.add(header);
      case 1 ->
          headers.set(at, new Header(header.name() + (char) random.nextInt(256), header.value()));
      default -> headers.set(at, new Header(header.name(), mutate(header.value(), random)));
    }
  }

  private static byte @Nullable [] mutate(byte @Nullable [] bytes, Random random) {
    if (bytes == null || random.nextInt(20) == 0) {
      return null;
    }
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 ->
          splice(bytes, at, at, SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8));
      case 1 ->
          splice(bytes, at, to, SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8));
      case 2 -> splice(bytes, at, to, new byte[0]);
      case 3 -> splice(bytes, at, bytes.length, new byte[0]);
      case 4 -> splice(bytes, at, at, bytes);
      default -> splice(bytes, at, Math.min(bytes.length, at + 1), random(random));
    };
  }

  private static byte[] random(Random random) {
    byte[] noise = new byte[1 + random.nextInt(3)];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] by) {
    byte[] result = new byte[bytes.length - (to - from) + by.length];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(by, 0, result, from, by.length);
    System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
    return result;
  }

  private static String describe(RawRecord raw) {
    return raw.value() == null ? "no value" : HexFormat.of().formatHex(raw.value());
  }
}
