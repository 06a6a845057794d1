package dev.berth.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.nodepool.cloud.QuotaReading;
import dev.berth.nodepool.cloud.SizeReading;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * VM sizes and quota. Two lists only, so their client, with all of storage and networks behind it,
 * is left out.
 */
final class Compute {

  private final PlainReads reads;
  private final String provider;

  Compute(PlainReads reads, URI endpoint, String subscription) {
    this.reads = reads;
    this.provider =
        endpoint.toString().replaceAll("/+$", "")
            + "/subscriptions/%s/providers/Microsoft.Compute".formatted(subscription);
  }

  /** Of the restrictions only those of the whole region: pools are not bound to a zone. */
  Optional<SizeReading> size(String vmSize, String location) {
    String skus =
        "/skus?api-version=2021-07-01&$filter=" + encoded("location eq '%s'".formatted(location));
    return list(provider + skus).stream()
        .filter(sku -> sku.path("resourceType").asText().equals("virtualMachines"))
        .filter(sku -> sku.path("name").asText().equalsIgnoreCase(vmSize))
        .findFirst()
        .map(Compute::size);
  }

  Optional<QuotaReading> quota(String location) {
    String usages = "/locations/%s/usages?api-version=2024-07-01".formatted(encoded(location));
    Map<String, Long> left = new HashMap<>();
    for (JsonNode usage : list(provider + usages)) {
      left.put(
          usage.at("/name/value").asText(),
          usage.path("limit").asLong() - usage.path("currentValue").asLong());
    }
    return left.isEmpty() ? Optional.empty() : Optional.of(new QuotaReading(left));
  }

  private static SizeReading size(JsonNode sku) {
    Map<String, String> capabilities = new HashMap<>();
    sku.path("capabilities")
        .forEach(told -> capabilities.put(told.path("name").asText(), told.path("value").asText()));
    List<String> restrictions = new ArrayList<>();
    for (JsonNode restriction : sku.path("restrictions")) {
      if (!restriction.path("type").asText().equals("Zone")) {
        restrictions.add(restriction.path("reasonCode").asText());
      }
    }
    return new SizeReading(
        sku.path("name").asText(), sku.path("family").asText(), capabilities, restrictions);
  }

  /** All pages. */
  private List<JsonNode> list(String url) {
    List<JsonNode> found = new ArrayList<>();
    for (String next = url; !next.isEmpty(); ) {
      JsonNode page = reads.get(next).body();
      page.path("value").forEach(found::add);
      next = page.path("nextLink").asText("");
    }
    return found;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
