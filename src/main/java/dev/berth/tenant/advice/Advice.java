package dev.berth.tenant.advice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.tenant.condition.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What holds of a reason wherever it appears; the message next to it tells of the single case.
 * Every reason has one.
 *
 * @param meaning a sentence
 * @param nextStep what the actor does, in sentences; null = nothing is to be done
 */
public record Advice(Actor actor, String meaning, @Nullable String nextStep) {

  private static final String TABLE = "reasons.txt";
  private static final Map<Reason, Advice> ALL = read();

  public static Advice of(Reason reason) {
    return Objects.requireNonNull(ALL.get(reason));
  }

  /** Of a reason as it is stored, maybe by a newer version. */
  public static Advice named(String reason) {
    return of(
        Arrays.stream(Reason.values())
            .filter(known -> known.name().equals(reason))
            .findAny()
            .orElse(Reason.NewerVersion));
  }

  private static Map<Reason, Advice> read() {
    Map<Reason, Advice> all = new EnumMap<>(Reason.class);
    try (var table =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Advice.class.getResourceAsStream(TABLE)), UTF_8))) {
      table
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\\s*\\|\\s*", 4))
          .forEach(cells -> all.put(Reason.valueOf(cells[0]), advice(cells)));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Advice advice(String[] cells) {
    return new Advice(Actor.valueOf(cells[1]), cells[2], cells[3].isEmpty() ? null : cells[3]);
  }
}
