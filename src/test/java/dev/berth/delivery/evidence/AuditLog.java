package dev.berth.delivery.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.local.cluster.LocalCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The API server's own record of what Berth did to the tenants' namespaces. */
public final class AuditLog {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String BERTH = "system:serviceaccount:berth-system:berth";

  private final List<ApiRequest> requests;

  private AuditLog(List<ApiRequest> requests) {
    this.requests = requests;
  }

  /** Older parts of the log stand beside it, with a time in their name. */
  public static AuditLog of(LocalCluster cluster) {
    Path log = cluster.auditLog();
    try (Stream<Path> files = Files.list(log.getParent())) {
      return new AuditLog(
          files
              .filter(file -> file.getFileName().toString().matches("audit.*\\.log"))
              .flatMap(AuditLog::requests)
              .sorted(Comparator.comparing(ApiRequest::received))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many requests of Berth did not only read, dry runs and reviews included. */
  public int size() {
    return requests.size();
  }

  /** The lives of all namespaces of that name, the oldest first. */
  public List<NamespaceLife> lives(String namespace) {
    return NamespaceLife.of(
        requests.stream().filter(request -> request.namespace().equals(namespace)).toList());
  }

  /** How often Berth asked for a namespace of that name to be made, with success or without. */
  public long creationsAsked(String namespace) {
    return requests.stream()
        .filter(request -> request.namespace().equals(namespace))
        .filter(request -> request.asksFor("namespaces"))
        .count();
  }

  private static Stream<ApiRequest> requests(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.endsWith("}"))
          .map(AuditLog::parse)
          .filter(line -> line.at("/user/username").asText().equals(BERTH))
          .map(ApiRequest::of)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException("a line of the audit log is not JSON: " + line, e);
    }
  }
}
