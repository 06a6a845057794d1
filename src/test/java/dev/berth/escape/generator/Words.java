package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What may stand in a field, harmless or not, and how often a field is worth a change. */
final class Words {
  private static final int USUAL_WEIGHT = 4;
  private static final int HARMLESS_PERCENT = 55;

  private final JsonNode harmless;
  private final JsonNode harmful;
  private final JsonNode weights;

  Words(JsonNode document) {
    this.harmless = document.path("harmless");
    this.harmful = document.path("harmful");
    this.weights = document.path("weights");
  }

  /**
   * A word for the field; missing where there is none.
   *
   * @param names of the field, the most telling first
   */
  JsonNode any(Random random, List<String> names) {
    JsonNode good = list(harmless, names);
    JsonNode bad = list(harmful, names);
    boolean isGood = bad.isEmpty() || (!good.isEmpty() && random.nextInt(100) < HARMLESS_PERCENT);
    JsonNode chosen = isGood ? good : bad;
    return chosen.isEmpty() ? chosen.path(0) : chosen.get(random.nextInt(chosen.size()));
  }

  /** One of the fields of the type, by its weight in this kind of object, or in any. */
  String field(Random random, String kind, String type, List<String> fields) {
    List<Integer> shares = new ArrayList<>();
    int sum = 0;
    for (String field : fields) {
      String name = type + "." + field;
      sum += list(weights, List.of(kind + "." + name, name, field)).asInt(USUAL_WEIGHT);
      shares.add(sum);
    }
    if (sum == 0) {
      return fields.get(random.nextInt(fields.size()));
    }
    int drawn = random.nextInt(sum);
    int index = 0;
    while (shares.get(index) <= drawn) {
      index++;
    }
    return fields.get(index);
  }

  private static JsonNode list(JsonNode words, List<String> names) {
    return names.stream()
        .filter(words::has)
        .findFirst()
        .map(words::get)
        .orElseGet(() -> words.path("no such word"));
  }
}
