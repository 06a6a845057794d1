package dev.berth.event.incoming;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.berth.event.Printable;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The published JSON Schemas, one per event type. A subschema's {@code description} completes "must
 * be ..."; a fault has the reason that is its {@code title}, else {@code InvalidData}. They are
 * written in what the validators of all languages have in common.
 */
public final class DataSchemas {

  private static final String FOLDER = "META-INF/resources/contract/schemas/";

  /** Of their {@code $id}. Nothing is ever fetched from there. */
  private static final String BASE = "https://berth.dev/contract/schemas/";

  private static final Set<Reason> TITLES =
      EnumSet.of(Reason.SubjectNotAllowed, Reason.NotSupportedYet);

  private final SchemaRegistry registry =
      SchemaRegistry.withDialect(
          Dialects.getDraft202012(),
          builder ->
              builder
                  .schemas(DataSchemas::resource)
                  .schemaRegistryConfig(
                      SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<String, Schema> byType;
  private final Map<SchemaLocation, JsonNode> rules = new ConcurrentHashMap<>();

  public DataSchemas(Stream<String> types) {
    byType = types.collect(Collectors.toMap(Function.identity(), this::load));
  }

  /** All faults of the data. */
  public List<Fault> faults(String type, JsonNode data) {
    Schema schema = byType.get(type);
    if (schema == null) {
      throw new IllegalArgumentException("no schema for " + type);
    }
    return schema.validate(data).stream().map(this::fault).distinct().toList();
  }

  private Schema load(String type) {
    return registry.getSchema(SchemaLocation.of(BASE + type + ".json"));
  }

  private Fault fault(Error error) {
    JsonNode rule = ruleOf(error);
    String pointer = error.getInstanceLocation().toString();
    String detail =
        switch (error.getKeyword()) {
          case "required" -> "is missing";
          case "additionalProperties" -> "is unknown; remove it";
          case "type" -> wanted(rule, error) + ", not " + kind(error.getInstanceNode());
          default -> wanted(rule, error);
        };
    String property = error.getProperty();
    if (property != null) {
      pointer += "/" + property.replace("~", "~0").replace("/", "~1");
    }
    return new Fault(Printable.of(pointer), reason(rule), Printable.of(detail));
  }

  private static Reason reason(JsonNode rule) {
    String title = rule.path("title").asText("");
    return TITLES.stream()
        .filter(reason -> reason.name().equals(title))
        .findFirst()
        .orElse(Reason.InvalidData);
  }

  private static String wanted(JsonNode rule, Error error) {
    return rule.hasNonNull("description")
        ? "must be " + rule.get("description").textValue()
        : error.getMessage();
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a string";
      case NUMBER -> value.isIntegralNumber() ? "an integer" : "a number with a fraction";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  /** The subschema whose keyword found the error; of a name that is wrong, the rule for names. */
  private JsonNode ruleOf(Error error) {
    JsonNode rule = rules.computeIfAbsent(error.getSchemaLocation(), this::rule);
    return rule.path(error.getKeyword()).hasNonNull("description")
        ? rule.get(error.getKeyword())
        : rule;
  }

  private JsonNode rule(SchemaLocation keyword) {
    var subschema = new SchemaLocation(keyword.getAbsoluteIri(), keyword.getFragment().getParent());
    return registry.getSchema(subschema).getSchemaNode();
  }

  /** Only schemas of Berth are ever read, from the class path. */
  private static String resource(String iri) {
    String file = iri.substring(iri.lastIndexOf('/') + 1);
    try (InputStream in = DataSchemas.class.getResourceAsStream("/" + FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("schema " + FOLDER + file + " is not on the class path");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
