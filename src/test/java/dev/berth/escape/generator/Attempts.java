package dev.berth.escape.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.escape.generator.Schemas.Type;
import java.util.List;
import java.util.Random;

/** Harmless objects with one to four changes each, mostly one or two, else few were admitted. */
public final class Attempts {
  private static final int MOST_CHANGES = 4;

  /** What may change in the spec of a pod that still waits for a node. */
  private static final List<String> UPDATED =
      List.of(
          "tolerations",
          "nodeSelector",
          "affinity",
          "schedulingGates",
          "activeDeadlineSeconds",
          "terminationGracePeriodSeconds");

  private final Schemas schemas;
  private final Words words = new Words(Documents.resource("words.yaml"));
  private final JsonNode prototypes = Documents.resource("objects.yaml");

  public Attempts(Schemas schemas) {
    this.schemas = schemas;
  }

  public Attempt make(Target target, Tenancy tenancy, long seed, int number) {
    Random random = random(target, seed, number);
    ObjectNode object = target.harmless(prototypes);
    Generator generator = new Generator(words, prototypes, target.kind(), random);
    for (int changes = changes(random); changes > 0; changes--) {
      boolean inTemplate = target.isWorkload() && random.nextInt(100) < 75;
      if (inTemplate && object.at(target.template()) instanceof ObjectNode template) {
        generator.change(template, template());
      } else {
        generator.change(object, schemas.named(target.type()));
      }
    }
    object.withObject("/metadata").put("generateName", "x-");
    return Attempt.toCreate(target, tenancy, "", seed, number, object);
  }

  /** Changes one that stands there: a pod in what an update may change, or by a debugger. */
  public Attempt change(Target target, Tenancy tenancy, long seed, int number, JsonNode before) {
    Random random = random(target, seed, number);
    ObjectNode object = before.deepCopy();
    Generator generator = new Generator(words, prototypes, target.kind(), random);
    boolean debugs = target == Target.POD && random.nextBoolean();
    for (int changes = changes(random); changes > 0; changes--) {
      if (!debugs && random.nextInt(100) < (target == Target.CLAIM ? 80 : 40)) {
        generator.change(object, schemas.named(target.type()), "metadata");
      } else if (target == Target.POD) {
        String field = debugs ? "ephemeralContainers" : UPDATED.get(random.nextInt(UPDATED.size()));
        generator.change((ObjectNode) object.get("spec"), podSpec(), field);
      } else {
        generator.change(object, schemas.named(target.type()));
      }
    }
    object.withObject("/metadata").put("name", before.at("/metadata/name").asText());
    return new Attempt(target, tenancy, "", seed, number, object, before);
  }

  private static int changes(Random random) {
    return Math.min(random.nextInt(1, MOST_CHANGES + 1), random.nextInt(1, MOST_CHANGES + 1));
  }

  private static Random random(Target target, long seed, int number) {
    Random random = new Random(seed * 31 + number * 1_000_003L + target.ordinal());
    random.nextInt(); // neighbouring seeds begin alike
    return random;
  }

  private Type podSpec() {
    return schemas.named("io.k8s.api.core.v1.PodSpec");
  }

  private Type template() {
    return schemas.named("io.k8s.api.core.v1.PodTemplateSpec");
  }
}
