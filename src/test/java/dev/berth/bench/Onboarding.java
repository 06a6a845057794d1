package dev.berth.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long onboarding takes: one tenant at a time on an idle Berth, and many at once. Needs a
 * running Berth and the environment of {@code .berth/local.env}.
 */
public final class Onboarding {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Onboarding() {}

  /** Arguments: how many one by one, how many at once, how often. */
  public static void main(String[] args) throws Exception {
    int idle = Integer.parseInt(args[0]);
    int burst = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    String run = Long.toString(System.currentTimeMillis() / 1000, 36);
    Map<String, Object> result = new LinkedHashMap<>();
    try (ControlPlane controlPlane = new ControlPlane(System.getenv("KAFKA_BOOTSTRAP_SERVERS"))) {
      List<Double> single = new ArrayList<>();
      for (int i = 0; i < idle; i++) {
        single.addAll(onboard(controlPlane, "i" + run + "-" + i, 1).values());
      }
      List<Double> atOnce = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        Map<String, Double> taken = onboard(controlPlane, "b" + run + "-" + round + "x", burst);
        atOnce.add(taken.values().stream().mapToDouble(d -> d).max().orElse(0));
      }
      result.put("idle tenants", idle);
      result.put("idle p50 ms", percentile(single, 50));
      result.put("idle p99 ms", percentile(single, 99));
      result.put("tenants at once", burst);
      result.put("all provisioned after ms, each round", atOnce);
      result.put("all provisioned after ms, median", percentile(atOnce, 50));
    }
    String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "bench.json"), json);
    System.out.println(json);
  }

  private static Map<String, Double> onboard(ControlPlane controlPlane, String prefix, int count) {
    Set<String> tenants = new HashSet<>();
    IntStream.range(0, count).forEach(i -> tenants.add(prefix + "-" + i));
    tenants.forEach(tenant -> controlPlane.create(tenant, "starter"));
    return controlPlane.await(tenants, PATIENCE);
  }

  private static double percentile(List<Double> values, int percent) {
    List<Double> sorted = values.stream().sorted().toList();
    int index = (int) Math.ceil(percent / 100.0 * sorted.size()) - 1;
    return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, index));
  }
}
