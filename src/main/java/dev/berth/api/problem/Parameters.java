package dev.berth.api.problem;

import dev.berth.store.search.Cursor;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request; collects everything that is wrong with them. */
public final class Parameters {

  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  private final Map<String, List<String>> given;
  private final List<Problem.WrongParameter> errors = new ArrayList<>();

  public Parameters(Map<String, List<String>> given, Set<String> known) {
    this.given = given;
    given.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .forEach(name -> refuse(name, "is unknown; known are: " + names(known)));
  }

  /**
   * The parameter's value; null if it is absent or wrong.
   *
   * @param rule follows "must be"
   */
  public <T> @Nullable T read(String name, Function<String, Optional<T>> parse, String rule) {
    List<String> values = given.getOrDefault(name, List.of());
    if (values.isEmpty()) {
      return null;
    }
    if (values.size() > 1) {
      refuse(name, "must be given once");
      return null;
    }
    Optional<T> value = parse.apply(values.getFirst());
    if (value.isEmpty()) {
      refuse(name, "must be " + rule);
    }
    return value.orElse(null);
  }

  /** The same of a parameter that must be there. */
  public <T> @Nullable T required(String name, Function<String, Optional<T>> parse, String rule) {
    if (given.getOrDefault(name, List.of()).isEmpty()) {
      refuse(name, "must be given: " + rule);
    }
    return read(name, parse, rule);
  }

  /** The parameter's values, separated by commas; none if it is absent or wrong. */
  public <E extends Enum<E>> Set<E> any(String name, Class<E> of) {
    Set<E> values =
        read(
            name,
            text -> Words.parse(text, of),
            "one or more, with commas, of " + Arrays.toString(of.getEnumConstants()));
    return values == null ? Set.of() : values;
  }

  /** How many items a page has at most. */
  public int limit() {
    Integer limit = read("limit", Parameters::limit, "a whole number from 1 to " + MAX_LIMIT);
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  private static Optional<Integer> limit(String text) {
    return Optional.of(text)
        .filter(t -> NUMBER.matcher(t).matches())
        .map(Integer::valueOf)
        .filter(n -> n <= MAX_LIMIT);
  }

  /**
   * Where the page begins; null = with the first.
   *
   * @param filter what the cursor must be of
   */
  public <T> @Nullable T cursor(Object filter, Function<String, Optional<T>> parse) {
    return read(
        "cursor",
        cursor -> Cursor.position(filter, cursor).flatMap(parse),
        "the nextCursor of a page with the same filters; begin without a cursor");
  }

  /** Refuses whatever is given. */
  public static void refuseAll(Map<String, List<String>> given) {
    new Parameters(given, Set.of()).check();
  }

  /** Throws if anything was wrong so far. */
  public void check() {
    if (!errors.isEmpty()) {
      throw new InvalidParameters(errors);
    }
  }

  private void refuse(String name, String detail) {
    errors.add(new Problem.WrongParameter(name, Reason.InvalidParameter, detail));
  }

  private static String names(Set<String> known) {
    return known.isEmpty() ? "none" : String.join(", ", known.stream().sorted().toList());
  }
}
