package dev.berth.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What a command line wrote, and how it ended. */
public record Line(int code, String out, String err) {

  static final Instant NOW = Instant.parse("2026-11-24T18:22:00Z");

  static Line of(String... args) {
    return answering("", args);
  }

  /** Of a person who answers what is asked. */
  static Line answering(String answer, String... args) {
    return answering(new ByteArrayInputStream(answer.getBytes(UTF_8)), args);
  }

  static Line answering(InputStream answer, String... args) {
    return written(Clock.fixed(NOW, ZoneOffset.UTC), answer, args);
  }

  /** At the moment. */
  public static Line now(String... args) {
    return written(Clock.systemUTC(), InputStream.nullInputStream(), args);
  }

  private static Line written(Clock clock, InputStream answer, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        BerthCommand.line(
                clock,
                new BerthCommand.StandardStreams(
                    answer, new PrintWriter(out, true), new PrintWriter(err, true)))
            .execute(args);
    return new Line(code, out.toString(), err.toString());
  }

  List<String> lines() {
    return out.lines().toList();
  }
}
