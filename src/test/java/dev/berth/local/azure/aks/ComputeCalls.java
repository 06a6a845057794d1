package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Answer;
import dev.berth.local.azure.wire.Refusal;
import dev.berth.local.azure.wire.Route.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Microsoft.Compute tells of a region: VM sizes with their capabilities, quota and its use.
 */
final class ComputeCalls {
  private static final Pattern FILTER = Pattern.compile("location eq '(\\w+)'");

  private final Subscription subscription;

  ComputeCalls(Subscription subscription) {
    this.subscription = subscription;
  }

  /** Other resource types are among them; the only filter is the one for a location. */
  Answer skus(Asked asked) {
    subscription.check(asked);
    String filter =
        asked.request().parameter("$filter").orElse("location eq '%s'".formatted(here()));
    Matcher matcher = FILTER.matcher(filter);
    if (!matcher.matches()) {
      throw Refusal.ofArm(400, "InvalidParameter", "The filter is not supported: " + filter);
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("value");
    if (matcher.group(1).equalsIgnoreCase(here())) {
      json.withArray("value").addAll(rows());
    }
    return Answer.of(200, json);
  }

  Answer usages(Asked asked) {
    subscription.check(asked);
    if (!asked.part("location").equalsIgnoreCase(here())) {
      throw Refusal.ofArm(
          400,
          "NoRegisteredProviderFound",
          "No registered resource provider found for location '%s'."
              .formatted(asked.part("location")));
    }
    return Answer.of(200, subscription.quota().usages(subscription.pools()));
  }

  private List<ObjectNode> rows() {
    List<ObjectNode> rows =
        new ArrayList<>(
            subscription.sizes().values().stream().map(size -> size.sku(here())).toList());
    ObjectNode disk = JsonNodeFactory.instance.objectNode();
    disk.put("resourceType", "disks").put("name", "Premium_LRS").put("tier", "Premium");
    disk.putArray("locations").add(here());
    disk.putArray("capabilities");
    disk.putArray("restrictions");
    rows.add(disk);
    return rows;
  }

  private String here() {
    return subscription.location();
  }
}
