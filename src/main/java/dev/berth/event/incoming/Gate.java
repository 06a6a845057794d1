package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.tenant.condition.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What can be checked in a record before anything in it is parsed. */
final class Gate {

  static final int MAX_VALUE_BYTES = 1024 * 1024;
  static final int MAX_HEADER_BYTES = 64 * 1024;
  static final int MAX_HEADERS = 200;
  static final int MAX_ATTRIBUTE = 512;

  private Gate() {}

  static void check(RawRecord raw) throws Unacceptable {
    if (raw.key() == null) {
      throw new Unacceptable(Reason.NoKey, "the record has no key; its key must be the tenant id");
    }
    if (raw.value() == null) {
      throw new Unacceptable(Reason.NoValue, "the record has no value; send the event's data");
    }
    atMost("the value", raw.value().length, MAX_VALUE_BYTES, "bytes");
    atMost("the record", raw.headers().size(), MAX_HEADERS, "headers");
    atMost("the headers", size(raw.headers()), MAX_HEADER_BYTES, "bytes");
    checkUnique(raw.headers());
  }

  static void atMost(String what, long actual, long limit, String unit) throws Unacceptable {
    if (actual > limit) {
      throw new Unacceptable(
          Reason.TooLarge,
          "%s has %d %s, at most %d are allowed".formatted(what, actual, unit, limit));
    }
  }

  private static long size(List<Header> headers) {
    long size = 0;
    for (Header header : headers) {
      byte[] value = header.value();
      size += header.name().getBytes(UTF_8).length + (value == null ? 0 : value.length);
    }
    return size;
  }

  /** Readers disagree on which of two equal headers counts, so none may. */
  private static void checkUnique(List<Header> headers) throws Unacceptable {
    Set<String> seen = new HashSet<>();
    for (Header header : headers) {
      String name = header.name();
      boolean counts = name.startsWith("ce_") || name.equals("content-type");
      if (counts && !seen.add(name)) {
        throw new Unacceptable(
            Reason.DuplicateHeader,
            "header %s appears twice; send it once".formatted(Printable.of(name)));
      }
    }
  }
}
