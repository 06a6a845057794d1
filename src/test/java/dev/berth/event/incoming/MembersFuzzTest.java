package dev.berth.event.incoming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every member of both kinds of data as every type of JSON, wrapped, unwrapped and nested. */
public class MembersFuzzTest {

  private static final String SNAPSHOT =
      """
      {"generation": 3, "plan": "team", "displayName": "Acme",
       "owners": [{"kind": "Group", "name": "g"}, {"kind": "ServiceAccount", "name": "ci", "namespace": "tenant-acme"}],
       "viewers": [{"kind": "User", "name": "u"}], "labels": {"cost-center": "4711"}, "sandboxes": 8, "cluster": "local"}
      """;
  private static final String OFFBOARDING =
      """
      {"generation": 4, "reason": "over", "deletionPolicy": "Delete", "graceUntil": null}
      """;
  private static final Set<Reason> OF_DATA =
      Set.of(Reason.InvalidData, Reason.SubjectNotAllowed, Reason.NotSupportedYet);

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  /** The data of an event, spoilt in one place, by a name that says where and how. */
  public static Map<String, Records> spoilt(String tenant) throws Exception {
    Map<String, Records> all = new LinkedHashMap<>();
    all.putAll(spoilt(tenant, "created.v1", SNAPSHOT.replace("acme", tenant)));
    all.putAll(spoilt(tenant, "plan-changed.v1", SNAPSHOT.replace("acme", tenant)));
    all.putAll(spoilt(tenant, "offboarding-requested.v1", OFFBOARDING));
    return all;
  }

  private static Map<String, Records> spoilt(String tenant, String type, String data)
      throws Exception {
    JsonNode good = new JsonMapper().readTree(data);
    Map<String, Records> all = new LinkedHashMap<>();
    for (String pointer : pointers("", good)) {
      for (Map.Entry<String, JsonNode> other : others(good.at(pointer)).entrySet()) {
        String spoiled = replaced(good, pointer, other.getValue()).toString();
        all.put(
            "%s %s as %s".formatted(type, pointer, other.getKey()),
            Records.of(tenant, "dev.berth.tenant." + type, spoiled));
      }
    }
    return all;
  }

  @TestFactory
  Stream<DynamicTest> endsInAReasonWithAPointerOrIsGoodAllTheSame() throws Exception {
    return spoilt("acme").entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> judge(each.getValue())));
  }

  private void judge(Records record) {
    switch (decoder.decode(record.raw())) {
      case Request good -> assertThat(good.generation()).isPositive();
      case Invalid bad -> assertTold(bad.refusal());
      case Incoming.Refused refused -> throw new AssertionError(refused.toString());
    }
  }

  private static void assertTold(Refusal refusal) {
    assertThat(refusal.reason()).isIn(OF_DATA);
    assertThat(refusal.errors())
        .isNotEmpty()
        .allSatisfy(fault -> {
          assertThat(fault.pointer()).startsWith("/");
          assertThat(fault.detail()).matches("(must be|is) .*");
          assertSaysNothingOfBerthsCode(fault.detail());
        });
    assertSaysNothingOfBerthsCode(refusal.message());
  }

  public static void assertSaysNothingOfBerthsCode(String text) {
    assertThat(text)
        .doesNotContainPattern(
            "(?i:exception|null pointer)|\\b([a-z0-9]+\\.){2,}[A-Z]\\w|Feature\\b|Constraints\\b|\\.java\\b");
  }

  @Test
  void mostOfThemAreFaults() throws Exception {
    long faults =
        spoilt("acme").values().stream()
            .filter(record -> decoder.decode(record.raw()) instanceof Invalid)
            .count();
    assertThat(faults).isGreaterThan(300);
  }

  /** PowerShell and mappers of XML turn a list of one into its element. */
  @Test
  void aListOfOneThatBecameItsElementIsNamedWithAnExample() {
    for (String list : List.of("owners", "viewers")) {
      String data =
          "{\"generation\": 1, \"plan\": \"team\", \"owners\": [{\"kind\": \"Group\", \"name\": \"g\"}]}";
      String spoiled =
          list.equals("owners")
              ? data.replace("[", "").replace("]", "")
              : data.replace(
                  "\"plan\"", "\"viewers\": {\"kind\": \"Group\", \"name\": \"g\"}, \"plan\"");
      Incoming incoming = decoder.decode(Records.of("acme", Records.CREATED, spoiled).raw());
      assertThat(((Invalid) incoming).refusal().message())
          .startsWith("/" + list + " must be a list of ")
          .contains("such as [{\"kind\"")
          .endsWith(", not an object");
    }
  }

  @Test
  void theKeyOfALabelIsToldItsRule() {
    for (String key : List.of("acme.org/team", "x".repeat(64), "", "-x", "x_", "team name", "ä")) {
      Incoming incoming = decoder.decode(Records.good().replacing("cost-center", key).raw());
      assertThat(((Invalid) incoming).refusal().message())
          .as(key)
          .contains("/labels/" + key.replace("/", "~1"), "label name without a prefix: 1 to 63");
    }
  }

  private static List<String> pointers(String at, JsonNode node) {
    List<String> all = new ArrayList<>();
    if (!at.isEmpty()) {
      all.add(at);
    }
    switch (node) {
      case ObjectNode object ->
          object
              .properties()
              .forEach(p -> all.addAll(pointers(at + "/" + p.getKey(), p.getValue())));
      case ArrayNode list -> {
        for (int i = 0; i < list.size(); i++) {
          all.addAll(pointers(at + "/" + i, list.get(i)));
        }
      }
      default -> {}
    }
    return all;
  }

  private static Map<String, JsonNode> others(JsonNode good) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    Map<String, JsonNode> all = new LinkedHashMap<>();
    all.put("null", json.nullNode());
    all.put("true", json.booleanNode(true));
    all.put("an integer", json.numberNode(-7));
    all.put("a fraction", json.numberNode(1.5));
    all.put("an empty text", json.textNode(""));
    all.put("a text", json.textNode("some text"));
    all.put("a number in quotes", json.textNode("3"));
    all.put("an empty list", json.arrayNode());
    all.put("an empty object", json.objectNode());
    all.put("a list of null", json.arrayNode().add(json.nullNode()));
    all.put("itself in a list", json.arrayNode().add(good));
    all.put("itself in two lists", json.arrayNode().add(json.arrayNode().add(good)));
    all.put("itself in an object", json.objectNode().set("value", good));
    all.put(
        "objects by number",
        json.objectNode().set("0", good.path(0).isMissingNode() ? good : good.path(0)));
    all.put("60 deep", deep(good));
    if (good.size() > 0) {
      all.put("its first", good.iterator().next());
    }
    return all;
  }

  private static JsonNode deep(JsonNode good) {
    JsonNode nested = good;
    for (int i = 0; i < 29; i++) {
      nested =
          JsonNodeFactory.instance
              .objectNode()
              .set("a", JsonNodeFactory.instance.arrayNode().add(nested));
    }
    return nested;
  }

  private static JsonNode replaced(JsonNode good, String pointer, JsonNode by) {
    JsonNode copy = good.deepCopy();
    int last = pointer.lastIndexOf('/');
    String name = pointer.substring(last + 1);
    switch (copy.at(pointer.substring(0, last))) {
      case ObjectNode object -> object.set(name, by);
      case ArrayNode list -> list.set(Integer.parseInt(name), by);
      default -> throw new IllegalArgumentException(pointer);
    }
    return copy;
  }
}
