package dev.berth.event.incoming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.event.incoming.StrictJson.Malformed;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Subject;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.TenantRequest.Offboard;
import dev.berth.tenant.TenantRequest.Origin;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.TenantSpec;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import dev.berth.tenant.condition.Refusal.Fault;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The data of an event to what they ask for, or to all their faults. */
final class RequestReader {

  /** More than any list or object inside the data may have. */
  private static final int TOO_MANY = 101;

  private static final List<Reason> GRAVEST_FIRST =
      List.of(Reason.SubjectNotAllowed, Reason.InvalidData, Reason.NotSupportedYet);

  private final DataSchemas schemas =
      new DataSchemas(InputType.SUPPORTED.stream().map(InputType::type));

  TenantRequest read(InputType type, TenantId tenant, byte[] json) throws Unacceptable {
    if (!InputType.SUPPORTED.contains(type)) {
      throw new Unacceptable(
          Reason.NotSupportedYet, "type %s is known, but not supported yet".formatted(type.type()));
    }
    try {
      String document = StrictJson.text(json);
      return read(type, tenant, document, StrictJson.parse(document));
    } catch (Malformed e) {
      throw new Unacceptable(
          refusal(
              List.of(
                  new Fault("", Reason.InvalidData, "must be strict JSON: " + e.getMessage()))));
    }
  }

  private TenantRequest read(InputType type, TenantId tenant, String document, JsonNode data)
      throws Unacceptable {
    data.forEach(RequestReader::shorten);
    List<Fault> faults = new ArrayList<>(schemas.faults(type.type(), data));
    Set<String> told = faults.stream().map(Fault::pointer).collect(Collectors.toSet());
    Stream.of(fractions(data), foreignNamespaces(tenant, data))
        .flatMap(List::stream)
        .filter(fault -> !told.contains(fault.pointer()))
        .forEach(faults::add);
    if (!faults.isEmpty()) {
      throw new Unacceptable(refusal(faults));
    }
    return type == InputType.OFFBOARDING_REQUESTED
        ? new Offboard(tenant, data.get("generation").longValue(), data.get("reason").textValue())
        : new Upsert(
            tenant,
            type == InputType.CREATED ? Origin.CREATED : Origin.UPDATED,
            spec(tenant, data, document));
  }

  /** A fault of who gets access weighs more than one of form, and that more than a wish. */
  private static Refusal refusal(List<Fault> faults) {
    List<Fault> ordered =
        faults.stream()
            .sorted(Comparator.comparingInt(fault -> GRAVEST_FIRST.indexOf(fault.reason())))
            .toList();
    Fault first = ordered.getFirst();
    String subject = first.pointer().isEmpty() ? "the data" : first.pointer();
    String others = faults.size() == 1 ? "" : " (and %d more)".formatted(faults.size() - 1);
    return new Refusal(first.reason(), subject + " " + first.detail() + others, ordered);
  }

  /** Keeps the time for naming faults short; a list that is shortened stays too long. */
  private static void shorten(JsonNode node) {
    switch (node) {
      case ArrayNode list -> {
        for (int size = list.size(); size > TOO_MANY; size--) {
          list.remove(size - 1);
        }
      }
      case ObjectNode object ->
          object.remove(object.propertyStream().skip(TOO_MANY).map(Map.Entry::getKey).toList());
      default -> {}
    }
    node.forEach(RequestReader::shorten);
  }

  /** To JSON Schema 3.0 is an integer. */
  private static List<Fault> fractions(JsonNode data) {
    return Stream.of("generation", "sandboxes")
        .filter(name -> data.path(name).isNumber() && !data.path(name).isIntegralNumber())
        .map(name ->
            new Fault(
                "/" + name, Reason.InvalidData, "must be an integer without a point or exponent"))
        .toList();
  }

  /** A schema does not know whose data it judges. */
  private static List<Fault> foreignNamespaces(TenantId tenant, JsonNode data) {
    List<Fault> faults = new ArrayList<>();
    for (String list : List.of("owners", "viewers")) {
      // What is no list is named by the schema.
      JsonNode subjects = data.path(list);
      for (int i = 0; subjects.isArray() && i < subjects.size(); i++) {
        String namespace = text(subjects.get(i), "namespace");
        if (namespace != null && !isOwn(tenant, namespace)) {
          faults.add(
              new Fault(
                  "/%s/%d/namespace".formatted(list, i),
                  Reason.SubjectNotAllowed,
                  "must be one of the tenant's own namespaces, %1$s or %1$s--<name>"
                      .formatted(tenant.namespace(""))));
        }
      }
    }
    return faults;
  }

  private static boolean isOwn(TenantId tenant, String namespace) {
    String own = tenant.namespace("");
    return namespace.equals(own)
        || (namespace.startsWith(own + "--") && namespace.length() > own.length() + 2);
  }

  private static TenantSpec spec(TenantId tenant, JsonNode data, String document) {
    String displayName = text(data, "displayName");
    return new TenantSpec(
        data.get("generation").longValue(),
        PlanRef.parse(data.get("plan").textValue()).orElseThrow(),
        displayName == null ? tenant.value() : displayName,
        subjects(data.path("owners")),
        subjects(data.path("viewers")),
        labels(data.path("labels")),
        data.path("sandboxes").isInt() ? data.get("sandboxes").intValue() : null,
        text(data, "cluster"),
        document);
  }

  private static List<Subject> subjects(JsonNode list) {
    List<Subject> subjects = new ArrayList<>();
    for (JsonNode node : list) {
      subjects.add(
          new Subject(
              Subject.SubjectKind.valueOf(node.get("kind").textValue()),
              node.get("name").textValue(),
              text(node, "namespace")));
    }
    return subjects;
  }

  private static Map<String, String> labels(JsonNode labels) {
    return labels.properties().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, label -> label.getValue().textValue()));
  }

  private static @Nullable String text(JsonNode node, String name) {
    return node.path(name).textValue();
  }
}
