package dev.berth.local.azure.aks;

import dev.berth.local.azure.wire.Answer;
import dev.berth.local.azure.wire.Refusal;
import dev.berth.local.azure.wire.Request;
import dev.berth.local.azure.wire.Route.Asked;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * All operations of a subscription, and the addresses at which they are followed. An address has an
 * api-version of its own and a signature; a client that builds it anew instead of keeping it is
 * refused.
 */
final class Operations {
  private static final String PROVIDER =
      "/subscriptions/%s/providers/Microsoft.ContainerService/locations/%s/%s/%s";

  private final Clock clock;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final Map<String, String> signatures = new LinkedHashMap<>();

  Operations(Clock clock) {
    this.clock = clock;
  }

  Operation start(Operation operation) {
    operations.put(operation.id(), operation);
    signatures.put(
        operation.id(),
        "api-version=2025-03-01&t=%d&c=MIIF%%2B%%2F&s=%s%%3D"
            .formatted(clock.instant().toEpochMilli(), UUID.randomUUID()));
    return operation;
  }

  void settle() {
    List.copyOf(operations.values()).forEach(operation -> operation.settle(clock.instant()));
  }

  void areOver() {
    List.copyOf(operations.values()).forEach(operation -> operation.isOverBy(clock.instant()));
  }

  /**
   * @param kind {@code operations} or {@code operationresults}
   */
  String url(Asked asked, String location, String kind, Operation operation) {
    return asked.request().baseUrl()
        + PROVIDER.formatted(asked.part("subscription"), location, kind, operation.id())
        + "?"
        + signatures.get(operation.id());
  }

  /** How it goes: 200 even when it has failed. */
  Answer status(Asked asked) {
    return Answer.of(200, find(asked).json(clock.instant()));
  }

  /** 202 while it runs, then 204; what failed answers as an error. */
  Answer result(Asked asked) {
    Operation operation = find(asked);
    if (!operation.isOver()) {
      return Answer.of(202).with("location", asked.request().baseUrl() + asked.request().target());
    }
    if (!operation.hasSucceeded()) {
      throw Refusal.ofAks(409, operation.fault().code(), operation.fault().message());
    }
    return Answer.of(204);
  }

  private Operation find(Asked asked) {
    Operation operation = operations.get(asked.part("operation"));
    if (operation == null) {
      throw Refusal.ofArm(404, "OperationNotFound", "The operation was not found.");
    }
    if (!signed(asked.request(), operation)) {
      throw Refusal.ofArm(
          403, "InvalidOperationSignature", "The signature of the operation address is invalid.");
    }
    return operation;
  }

  private boolean signed(Request request, Operation operation) {
    return request.query().equals(signatures.get(operation.id()));
  }
}
