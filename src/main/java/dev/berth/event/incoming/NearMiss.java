package dev.berth.event.incoming;

import dev.berth.event.Printable;
import dev.berth.event.RawRecord;
import dev.berth.event.incoming.StrictJson.Malformed;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a producer wrote where it meant something else, and what that would look like. */
final class NearMiss {

  /** Where an attribute stands. */
  enum Form {
    HEADER("a header", "ce_%s: %s"),
    MEMBER("a member", "\"%s\": \"%s\"");

    private final String what;
    private final String example;

    Form(String what, String example) {
      this.what = what;
      this.example = example;
    }
  }

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "specversion", "1.0",
          "id", "8f1c-42",
          "source", "/control-plane",
          "type", "dev.berth.tenant.created.v1",
          "subject", "acme");

  /** Prefixes of the bindings of other protocols, without their punctuation. */
  private static final List<String> PREFIXES = List.of("", "ce", "cloudevent", "cloudevents");

  private NearMiss() {}

  /**
   * What to say of a missing attribute.
   *
   * @param seen the names that are there
   */
  static String missing(String attribute, Form form, Set<String> seen) {
    String example = form.example.formatted(attribute, EXAMPLES.getOrDefault(attribute, "..."));
    return like(attribute, seen)
        .map(name ->
            "attribute %s is missing: there is %s %s, but it must be written as in %s"
                .formatted(attribute, form.what, Printable.of(name, 100), example))
        .orElse(
            "attribute %s is missing: send %s such as %s".formatted(attribute, form.what, example));
  }

  /** The name that was probably meant for this one: in another case, or as other bindings do. */
  static Optional<String> like(String name, Set<String> seen) {
    String bare = bare(name);
    return seen.stream()
        .filter(it -> PREFIXES.stream().anyMatch(prefix -> bare(it).equals(prefix + bare)))
        .sorted()
        .findFirst();
  }

  /** Without a content type the data are JSON, unless another header seems to say otherwise. */
  static void checkContentType(RawRecord raw, Attributes attributes) throws Unacceptable {
    Optional<String> name = attributes.like("content-type");
    if (name.isPresent()) {
      checkContentType(name.get(), raw.texts(name.get()).findFirst().orElse(EventReader.JSON));
    }
  }

  private static void checkContentType(String name, String type) throws Unacceptable {
    if (!EventReader.mediaType(type).equals(EventReader.JSON)) {
      throw EventReader.notCloudEvent(
          "there is a header %s: %s, but its name must be content-type, in lower case, as in content-type: %s"
              .formatted(
                  Printable.of(name, 100), Printable.of(type, 100), EventReader.CLOUD_EVENT));
    }
  }

  /** Whether a value that is to be data is a whole event. */
  static boolean isCloudEvent(byte[] value) {
    try {
      Attributes members = new Attributes();
      StructuredMode.read(value, members);
      return members.get("specversion") != null;
    } catch (Malformed e) {
      return false;
    }
  }

  private static String bare(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
