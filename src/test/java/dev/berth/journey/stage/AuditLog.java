package dev.berth.journey.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the API server noted of Berth's doings. */
public final class AuditLog {

  private static final String BERTH = "system:serviceaccount:berth-system:berth";
  private static final String DRY_RUN = " (dry run)";
  private static final Set<String> MUTATING =
      Set.of("create", "update", "patch", "delete", "deletecollection");

  /** Every mutating request of Berth in the tenant's namespaces, dry runs included. */
  public List<String> writesFor(String tenant) {
    String namespace = "tenant-" + tenant;
    try (Stream<String> lines = Files.lines(Parts.cluster().auditLog())) {
      return lines
          .filter(line -> line.contains(namespace) && line.contains(BERTH) && line.endsWith("}"))
          .map(Stage::json)
          .filter(event -> event.at("/user/username").asText().equals(BERTH))
          .filter(event -> MUTATING.contains(event.path("verb").asText()))
          .filter(event -> concerns(namespace, event))
          .map(AuditLog::told)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of them that changed something, or were to. */
  public List<String> changesFor(String tenant) {
    return writesFor(tenant).stream().filter(write -> !write.contains(DRY_RUN)).toList();
  }

  /** How many times Berth changed something in the tenants' namespaces of one name each. */
  public long writes(Collection<String> tenants) {
    Set<String> namespaces = tenants.stream().map("tenant-"::concat).collect(Collectors.toSet());
    try (Stream<String> lines = Files.lines(Parts.cluster().auditLog())) {
      return lines
          .filter(line -> line.contains(BERTH) && line.endsWith("}"))
          .map(Stage::json)
          .filter(event -> event.at("/user/username").asText().equals(BERTH))
          .filter(event -> MUTATING.contains(event.path("verb").asText()))
          .filter(event -> !event.path("requestURI").asText().contains("dryRun"))
          .filter(event -> namespaces.contains(event.at("/objectRef/namespace").asText()))
          .filter(event -> event.at("/responseStatus/code").asInt() < 300)
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String told(JsonNode event) {
    return "%s %s %s%s %s"
        .formatted(
            event.path("verb").asText(),
            event.at("/objectRef/resource").asText(),
            event.at("/objectRef/name").asText(),
            event.path("requestURI").asText().contains("dryRun") ? DRY_RUN : "",
            event.at("/responseStatus/code").asText());
  }

  private static boolean concerns(String namespace, JsonNode event) {
    return Stream.of("/objectRef/namespace", "/objectRef/name", "/requestObject/metadata/name")
        .map(pointer -> event.at(pointer).asText())
        .anyMatch(name -> name.equals(namespace) || name.startsWith(namespace + "--"));
  }
}
