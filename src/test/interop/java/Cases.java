import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.incoming.Decoder;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.event.incoming.InputType;
import java.io.BufferedWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Data of events, and whether Berth takes them: the examples of the contract, and their likes with
 * one member changed. Runs on the class path of the packaged jar, whose decision it writes to
 * cases.jsonl for the validators. Leaves out the two rules that a schema cannot say: that {@code
 * 3.0} is no integer, and whose namespace one is.
 */
class Cases {
  static final Path FOLDER = Path.of(System.getenv("INTEROP_FOLDER"));
  static final ObjectMapper JSON = new ObjectMapper();
  static final Decoder DECODER = new Decoder(Map.of("tenant.events", Set.of("/cases")));

  /** What engines read differently: line ends, characters beyond 16 bits, what cannot be seen. */
  static final List<String> TEXTS =
      List.of(
          "", " ", "\n", "a", "a\n", "\na", "a\nb", "a\r", "a\u2028", "a\u2029b", " a", "a ", "a b",
          "a\u00a0", "\u00a0a", "a\u00a0b", "\u3000a", "a\u3000", "a\u1680", "a\u0085b", "a\u007fb",
          "a\tb", "a\u001b[2J", "\u200ba", "a\u200bb", "a\u00adb", "\ufeffa", "a\u202eb", "a\u2060b",
          "a\ue000b", "a\ud83d\udea2b", "a\ud83d\udc68\u200d\ud83d\ude80", "a\udb40\udc41b",
          "a\udbff\udffdb", "a\ud834\udd73b", "a\ufffeb", "a\ufffdb", "\u00e4", "\u6771", "e\u0301",
          "system:a", "berth:a", "system:", "system", "systema:b", "System:a", "a system:b",
          "asystem:", "berthe:a", " system:a", "\nsystem:a", "A", "A.b", "a.b", "a..b", ".a", "a.",
          "a-.b", "a.-b", "-a", "a-", "a--b", "a_b", "_a", "a/b", "a@b", "team@1", "team@0",
          "team@01", "team@", "team@1@2", "team@123456789", "team@1234567890", "Team", "team\n",
          "team@1\n", "tenant-acme", "tenant-acme\n", "tenant-acme--jobs", "tenant-Acme",
          "tenant-", "tenant-acme-", "xtenant-acme", "User", "user", "Group", "ServiceAccount",
          "Delete", "Retain", "Archive", "delete", "Delete\n", "2026-11-24T18:00:00Z",
          "2026-11-24t18:00:00z", "2026-11-24T18:00:00.123456789+01:00", "2026-02-29T00:00:00Z",
          "2028-02-29T00:00:00Z", "2026-11-24", "2026-11-24T18:00:00", "2026-11-24T24:00:00Z",
          "2026-13-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-24 18:00:00Z", "soon",
          "2026-11-24T18:00:00Z\n");

  static final List<Integer> LENGTHS = List.of(40, 62, 63, 64, 65, 253, 254, 1024, 1025);

  static final List<String> VALUES =
      List.of(
          "null", "true", "0", "1", "-1", "2147483647", "2147483648", "9007199254740991",
          "9007199254740992", "12345678901234567890123", "1.5", "[]", "{}", "[1]", "{\"a\":1}",
          "{\"kind\":\"Group\",\"name\":\"g\"}");

  static final Set<String> CHANGED =
      Set.of(
          "dev.berth.tenant.created.v1/ok-full.json",
          "dev.berth.tenant.created.v1/ok-service-accounts.json",
          "dev.berth.tenant.offboarding-requested.v1/ok-full.json");

  final Set<String> seen = new java.util.LinkedHashSet<>();
  final BufferedWriter out;

  Cases(BufferedWriter out) {
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(FOLDER.resolve("cases.jsonl"));
        Stream<Path> files = Files.walk(FOLDER.resolve("contract/examples"))) {
      Cases cases = new Cases(out);
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        cases.of(file);
      }
    }
  }

  void of(Path file) throws Exception {
    String type = file.getParent().getFileName().toString();
    String name = type + "/" + file.getFileName();
    String text = Files.readString(file);
    boolean isGood = file.getFileName().toString().startsWith("ok-");
    if (InputType.of(type).isEmpty()) {
      write(name, type, isGood, text); // of what Berth publishes
      return;
    }
    judge(name, type, text);
    if (CHANGED.contains(name)) {
      for (String changed : changed(JSON.readTree(text))) {
        judge(name + ", changed", type, changed);
      }
    }
  }

  void judge(String name, String type, String data) throws Exception {
    if (seen.add(type + data)) {
      write(name, type, isTaken(type, data), data);
    }
  }

  void write(String name, String type, boolean valid, String data) throws Exception {
    ObjectNode line = JSON.createObjectNode().put("name", name).put("type", type);
    out.write(JSON.writeValueAsString(line.put("valid", valid).put("data", data)) + "\n");
  }

  static boolean isTaken(String type, String data) {
    List<Header> headers = new ArrayList<>();
    Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/cases", "ce_type", type,
            "ce_subject", "acme", "content-type", "application/json")
        .forEach((name, value) -> headers.add(new Header(name, bytes(value))));
    return DECODER.decode(
            new RawRecord(
                new Position("tenant.events", 0, 0), Instant.EPOCH, bytes("acme"), headers, bytes(data)))
        instanceof Request;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // --- one change at a time ---

  static List<String> changed(JsonNode good) throws Exception {
    List<JsonNode> values = new ArrayList<>();
    TEXTS.forEach(text -> values.add(JSON.getNodeFactory().textNode(text)));
    for (int length : LENGTHS) {
      values.add(JSON.getNodeFactory().textNode("x".repeat(length)));
      values.add(JSON.getNodeFactory().textNode("\ud83d\udea2".repeat(length)));
    }
    for (String value : VALUES) {
      values.add(JSON.readTree(value));
    }
    List<String> changed = new ArrayList<>();
    walk(good, good, values, whole -> changed.add(whole.toString()));
    return changed;
  }

  static void walk(JsonNode whole, JsonNode part, List<JsonNode> values, Consumer<JsonNode> each) {
    switch (part) {
      case ObjectNode object -> {
        for (String name : object.propertyStream().map(Map.Entry::getKey).toList()) {
          JsonNode before = object.get(name);
          walk(whole, before, values, each);
          boolean isNamespace = name.equals("namespace") && !object.path("kind").isMissingNode();
          for (JsonNode value : values) {
            if (!isNamespace || isOwnOrNoNamespaceAtAll(value)) {
              object.set(name, value);
              each.accept(whole);
            }
          }
          object.remove(name);
          each.accept(whole);
          if (!object.has("generation") && !object.has("kind")) { // its names are the tenant's own
            for (JsonNode value : values) {
              object.set(value.asText(), before);
              each.accept(whole);
              object.remove(value.asText());
            }
          }
          object.set(name, before);
        }
      }
      case ArrayNode list -> {
        for (int i = 0; i < list.size(); i++) {
          JsonNode before = list.get(i);
          walk(whole, before, values, each);
          for (JsonNode value : values) {
            list.set(i, value);
            each.accept(whole);
          }
          list.set(i, before);
        }
        for (int size : new int[] {100, 101}) {
          ArrayNode longer = list.deepCopy();
          while (!longer.isEmpty() && longer.size() < size) {
            longer.add(longer.get(0));
          }
          ArrayNode copy = list.deepCopy();
          list.removeAll().addAll(longer);
          each.accept(whole);
          list.removeAll().addAll(copy);
        }
      }
      default -> {}
    }
  }

  /** A schema does not know whose data it judges. */
  static boolean isOwnOrNoNamespaceAtAll(JsonNode value) {
    String text = value.asText();
    return !text.startsWith("tenant-")
        || text.endsWith("-")
        || !text.equals(text.strip().toLowerCase(java.util.Locale.ROOT))
        || text.equals("tenant-acme")
        || text.startsWith("tenant-acme--");
  }
}
