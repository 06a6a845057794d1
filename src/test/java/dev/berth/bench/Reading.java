package dev.berth.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * How fast the API answers with many tenants. Needs an empty database, {@code DATABASE_JDBC_URL},
 * and a Berth on it whose API is open, {@code BERTH_URL}; without a cluster, or it would work on
 * them.
 */
public final class Reading {

  private static final String TENANT = "tenants/tenant-04711";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  private Reading(String url) {
    this.url = url + "/api/v1/";
  }

  /** Arguments: how many tenants, how many steps of each, how many calls of each kind. */
  public static void main(String[] args) throws Exception {
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(System.getenv("DATABASE_JDBC_URL"));
    Reading reading = new Reading(System.getenv("BERTH_URL"));
    if (reading.get("tenants").path("items").isEmpty()) {
      ManyTenants.fill(database, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    }
    String json =
        JSON.writerWithDefaultPrettyPrinter()
            .writeValueAsString(reading.measure(Integer.parseInt(args[2])));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "bench-reads.json"), json);
    System.out.println(json);
  }

  private Map<String, String> measure(int calls) throws Exception {
    Map<String, String> kinds = new LinkedHashMap<>();
    kinds.put("page 1", "tenants");
    kinds.put("page 50", page(50));
    kinds.put("page 150", page(150));
    kinds.put("page of 500", "tenants?limit=500");
    List.of(
            "phase=BLOCKED",
            "phase=BLOCKED,FAILED&reason=QuotaTooSmall",
            "reason=NoRoom",
            "plan=team",
            "plan=team@2",
            "label=cost-center=4001",
            "label=cost-center=4001,stage=test",
            "stuckFor=1h",
            "q=tenant-07")
        .forEach(filter -> kinds.put(filter, "tenants?" + filter));
    kinds.put("one tenant", TENANT);
    kinds.put("explain", TENANT + "/explain");
    kinds.put("timeline", TENANT + "/timeline");
    kinds.put("timeline, failed", TENANT + "/timeline?outcome=failed");
    List.of("fleet", "capacity", "plans", "plans/team", "berth").forEach(it -> kinds.put(it, it));
    Map<String, String> result = new LinkedHashMap<>();
    for (Map.Entry<String, String> kind : kinds.entrySet()) {
      result.put(kind.getKey(), measured(kind.getValue(), calls));
    }
    return result;
  }

  private String page(int number) throws Exception {
    String path = "tenants";
    for (int i = 1; i < number; i++) {
      path = "tenants?cursor=" + get(path).path("nextCursor").asText();
    }
    return path;
  }

  private String measured(String path, int calls) throws Exception {
    for (int i = 0; i < calls; i++) {
      get(path);
    }
    List<Double> taken = new ArrayList<>();
    for (int i = 0; i < calls; i++) {
      long begun = System.nanoTime();
      get(path);
      taken.add((System.nanoTime() - begun) / 1e6);
    }
    taken.sort(null);
    return "median %.1f ms, p99 %.1f ms"
        .formatted(taken.get(calls / 2), taken.get((int) Math.ceil(0.99 * calls) - 1));
  }

  private JsonNode get(String path) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(path + ": " + answer.statusCode());
    }
    return JSON.readTree(answer.body());
  }
}
