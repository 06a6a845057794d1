package dev.berth.local.azure.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Everything that was said over the wire, in order. */
public final class Journal {
  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  void add(Exchange exchange) {
    exchanges.add(exchange);
  }

  public List<Exchange> all() {
    return List.copyOf(exchanges);
  }

  public List<Exchange> of(Call call) {
    return exchanges.stream().filter(exchange -> exchange.call() == call).toList();
  }

  /** The bodies that were sent for one pool, whatever the answer was. */
  public List<String> putsOf(String pool) {
    return of(Call.PUT_POOL).stream()
        .filter(exchange -> exchange.path().endsWith("/agentPools/" + pool))
        .map(Exchange::body)
        .toList();
  }

  public void clear() {
    exchanges.clear();
  }
}
