package dev.berth.manifest.tried;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.Rule;
import dev.berth.manifest.rule.Rules;
import java.util.List;
import java.util.stream.IntStream;

/** One mistake of mutations.yaml. */
record Mutation(JsonNode line) {
  private static final String POD = "/spec/template/spec";

  static List<Mutation> all() {
    return Rule.each(Rendering.yaml("src/test/resources/mutations.yaml"))
        .map(Mutation::new)
        .toList();
  }

  /** How the message of the rule that it breaks starts. */
  String breaks() {
    return line.path("breaks").asText();
  }

  /** What the rules say once the mistake is made, in a copy. */
  List<String> faults(Rendering whole, List<Rule> rules) {
    Rendering copy = whole.copy();
    String verb =
        List.of("drop", "set", "add").stream().filter(line::has).findFirst().orElseThrow();
    String[] place = line.path(verb).asText().split(" ");
    String name = place[1].equals("config") ? config(whole) : place[1];
    String[] steps =
        place[2]
            .replaceFirst("^container/", POD + "/containers/0/")
            .replaceFirst("^pod/", POD + "/")
            .substring(1)
            .split("/");
    JsonNode parent = copy.one(place[0], name);
    for (int i = 0; i < steps.length - 1; i++) {
      parent = step(parent, steps[i]);
    }
    change(verb, parent, steps[steps.length - 1].replace("~1", "/"));
    return Rules.faults(copy, rules);
  }

  private void change(String verb, JsonNode parent, String last) {
    switch (verb) {
      case "drop" -> {
        step(parent, last);
        if (parent instanceof ArrayNode list) {
          list.remove(index(list, last));
        } else {
          ((ObjectNode) parent).remove(last);
        }
      }
      case "set" -> ((ObjectNode) parent).set(last, line.path("to"));
      default -> ((ArrayNode) step(parent, last)).add(line.path("to"));
    }
  }

  /** What is not there cannot be changed. */
  private JsonNode step(JsonNode parent, String name) {
    JsonNode child =
        parent instanceof ArrayNode list
            ? list.path(index(list, name))
            : parent.path(name.replace("~1", "/"));
    if (child.isMissingNode()) {
      throw new IllegalStateException("%s: there is no %s".formatted(this, name));
    }
    return child;
  }

  private static int index(ArrayNode list, String name) {
    return name.matches("\\d+")
        ? Integer.parseInt(name)
        : IntStream.range(0, list.size())
            .filter(i -> list.get(i).path("name").asText().equals(name))
            .findFirst()
            .orElse(-1);
  }

  private static String config(Rendering whole) {
    return Rule.each(whole.template().at("/spec/volumes"))
        .filter(volume -> volume.path("name").asText().equals("config"))
        .map(volume -> volume.at("/configMap/name").asText())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return line.path("what").asText();
  }
}
