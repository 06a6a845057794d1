package dev.berth.escape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.escape.Schemas.Type;
import java.util.Random;

/** Harmless objects with one to four changes each. */
final class Attempts {
  private static final int MOST_CHANGES = 4;

  private final Schemas schemas;
  private final Words words = new Words(Documents.resource("words.yaml"));
  private final JsonNode prototypes = Documents.resource("objects.yaml");

  Attempts(Schemas schemas) {
    this.schemas = schemas;
  }

  Attempt make(Target target, Tenancy tenancy, long seed, int number) {
    Random random = new Random(seed * 31 + number * 1_000_003L + target.ordinal());
    random.nextInt(); // neighbouring seeds begin alike
    ObjectNode object = target.harmless(prototypes);
    Generator generator = new Generator(words, prototypes, target.kind(), random);
    for (int changes = random.nextInt(1, MOST_CHANGES + 1); changes > 0; changes--) {
      boolean inTemplate = target.isWorkload() && random.nextInt(100) < 75;
      if (inTemplate && object.at(target.template()) instanceof ObjectNode template) {
        generator.change(template, template());
      } else {
        generator.change(object, schemas.named(target.type()));
      }
    }
    object.withObject("/metadata").put("generateName", "x-");
    return new Attempt(target, tenancy, "", seed, number, object);
  }

  private Type template() {
    return schemas.named("io.k8s.api.core.v1.PodTemplateSpec");
  }
}
