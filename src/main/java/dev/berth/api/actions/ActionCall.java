package dev.berth.api.actions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.api.problem.Parameters;
import dev.berth.api.problem.TooLarge;
import dev.berth.api.problem.Unreadable;
import dev.berth.event.Printable;
import dev.berth.event.Sha256;
import dev.berth.event.incoming.StrictJson;
import dev.berth.store.actions.ActionKind;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A call for an action, read and checked in full.
 *
 * @param more what else the body says, by member
 * @param ifMatch what the caller saw; null = it does not say
 * @param sha256 of the body
 */
public record ActionCall(
    ActionKind kind,
    String reason,
    Map<String, String> more,
    String key,
    @Nullable String ifMatch,
    String sha256) {

  static final int LARGEST = 65_536;

  /** Of a larger body so much is read, that its caller has sent it all and reads the answer. */
  private static final int PATIENCE = 8 << 20;

  private static final String KEY = "Idempotency-Key";
  private static final Pattern KEY_SYNTAX = Pattern.compile("[!-~]{1,200}");
  private static final Pattern CLASS_SYNTAX = Pattern.compile("[a-z0-9][a-z0-9.-]{0,252}");
  private static final int LONGEST_REASON = 500;
  private static final Pattern SAYS_SOMETHING = Pattern.compile("[^\\p{Z}]");

  /**
   * Refuses what is not such a call, and names everything that is wrong with it.
   *
   * @param kinds those that are taken here
   * @param more members of the body besides what kind it is and why
   */
  public static ActionCall read(
      InputStream content, HttpHeaders headers, Set<ActionKind> kinds, Set<String> more) {
    byte[] body = bytes(content, headers);
    Map<String, List<String>> given = members(body);
    addKey(given, headers, "");
    return read(given, kinds, more, headers.getHeaderString(HttpHeaders.IF_MATCH), Sha256.of(body));
  }

  /** Refuses what is wrong with a call that needs neither body nor key: where it has them. */
  public static void check(InputStream content, HttpHeaders headers, ActionKind kind) {
    byte[] body = bytes(content, headers);
    Map<String, List<String>> given =
        body.length == 0 ? new HashMap<>(Map.of("reason", List.of("none"))) : members(body);
    addKey(given, headers, "none");
    read(given, Set.of(kind), Set.of(), null, "");
  }

  /** Beside one in the body, which is none, it is there twice. */
  private static void addKey(Map<String, List<String>> given, HttpHeaders headers, String none) {
    List<String> keys = headers.getRequestHeaders().getOrDefault(KEY, List.of(none));
    given.merge(
        KEY, keys, (body, header) -> Stream.concat(body.stream(), header.stream()).toList());
  }

  private static ActionCall read(
      Map<String, List<String>> given,
      Set<ActionKind> kinds,
      Set<String> more,
      @Nullable String ifMatch,
      String sha256) {
    Set<String> known = new TreeSet<>(more);
    known.addAll(Set.of(KEY, "kind", "reason"));
    Parameters parameters = new Parameters(given, known);
    // A path that takes one kind says which.
    given.putIfAbsent("kind", List.of(kinds.size() == 1 ? words(kinds) : ""));
    given.putIfAbsent("reason", List.of(""));
    ActionKind kind = parameters.read("kind", text -> kind(text, kinds), "one of " + words(kinds));
    String reason = reason(parameters);
    String key =
        key(parameters, KEY, "a header of 1 to 200 visible ASCII characters, new for each action");
    Map<String, String> others = new TreeMap<>();
    for (String name : more) {
      given.getOrDefault(name, List.of()).forEach(value -> others.put(name, value));
    }
    parameters.check();
    if (kind == null || reason == null || key == null) {
      throw new IllegalStateException("what is missing was not refused");
    }
    return new ActionCall(kind, reason, others, key, ifMatch, sha256);
  }

  /** Why it is done; null if that is missing or wrong, which is refused. */
  public static @Nullable String reason(Parameters parameters) {
    return parameters.read(
        "reason",
        ActionCall::reason,
        "why this is done: 1 to %d characters, none of them a control or invisible one"
            .formatted(LONGEST_REASON));
  }

  /** The RuntimeClass to which a tenant is moved; null if it is missing or wrong: it is refused. */
  public static @Nullable String destination(Parameters parameters) {
    return parameters.required(
        "to",
        text -> Optional.of(text).filter(it -> CLASS_SYNTAX.matcher(it).matches()),
        "the name of a RuntimeClass");
  }

  /** By which it is done once; null if that is missing or wrong, which is refused. */
  public static @Nullable String key(Parameters parameters, String name, String rule) {
    return parameters.read(
        name, text -> Optional.of(text).filter(it -> KEY_SYNTAX.matcher(it).matches()), rule);
  }

  private static byte[] bytes(InputStream content, HttpHeaders headers) {
    String encoding = headers.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new NotSupportedException();
    }
    try {
      byte[] body = content.readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        content.skip(PATIENCE);
        throw new TooLarge(LARGEST);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, List<String>> members(byte[] body) {
    Map<String, List<String>> members = new HashMap<>();
    for (Map.Entry<String, JsonNode> member : object(body).properties()) {
      JsonNode value = member.getValue();
      members.put(
          Printable.of(member.getKey()), List.of(value.isTextual() ? value.textValue() : ""));
    }
    return members;
  }

  private static JsonNode object(byte[] body) {
    try {
      JsonNode tree = StrictJson.parse(StrictJson.text(body));
      if (tree.isObject()) {
        return tree;
      }
    } catch (StrictJson.Malformed e) {
      throw new Unreadable("The body is not JSON as it is taken: %s.".formatted(e.getMessage()));
    }
    throw new Unreadable("The body must be a JSON object.");
  }

  private static Optional<ActionKind> kind(String word, Set<ActionKind> kinds) {
    return kinds.stream().filter(kind -> kind.word().equals(word)).findAny();
  }

  private static Optional<String> reason(String text) {
    boolean taken =
        SAYS_SOMETHING.matcher(text).find()
            && text.codePointCount(0, text.length()) <= LONGEST_REASON
            && Printable.is(text);
    return Optional.of(text.strip()).filter(it -> taken);
  }

  private static String words(Set<ActionKind> kinds) {
    return kinds.stream().sorted().map(ActionKind::word).collect(Collectors.joining(", "));
  }
}
