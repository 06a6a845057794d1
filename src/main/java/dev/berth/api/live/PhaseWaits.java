package dev.berth.api.live;

import dev.berth.api.live.Wish.End;
import dev.berth.store.search.Standings;
import dev.berth.store.search.Standings.Reached;
import dev.berth.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Those who wait for a tenant. None of them holds a thread. */
@ApplicationScoped
public class PhaseWaits {

  /** Whoever comes beyond it is answered at once, as if the time were over. */
  private static final int MOST = 1000;

  private final List<Waiter> waiters = new CopyOnWriteArrayList<>();
  private final Standings standings;
  private final Clock clock;

  PhaseWaits(Standings standings, Clock clock) {
    this.standings = standings;
    this.clock = clock;
  }

  private record Waiter(
      String tenant, Wish wish, Instant deadline, UniEmitter<? super End> emitter) {}

  /** Ends when the wish is fulfilled, cannot be, or the time is over; on a worker thread. */
  public Uni<End> until(TenantId tenant, Wish wish) {
    return Optional.ofNullable(standings.of(List.of(tenant.value())).get(tenant.value()))
        .flatMap(wish::judge)
        .map(end -> Uni.createFrom().item(end))
        .orElseGet(() -> waiting(tenant.value(), wish));
  }

  private Uni<End> waiting(String tenant, Wish wish) {
    if (waiters.size() >= MOST) {
      return Uni.createFrom().item(End.TIMEOUT);
    }
    Instant deadline = clock.instant().plus(wish.timeout());
    return Uni.createFrom()
        .<End>emitter(emitter -> {
          Waiter waiter = new Waiter(tenant, wish, deadline, emitter);
          waiters.add(waiter);
          emitter.onTermination(() -> waiters.remove(waiter));
        })
        .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  List<String> tenants() {
    return waiters.stream().map(Waiter::tenant).toList();
  }

  void tell(Map<String, Reached> now) {
    for (Waiter waiter : waiters) {
      Reached standing = now.get(waiter.tenant);
      if (standing != null) {
        waiter.wish.judge(standing).ifPresent(end -> end(waiter, end));
      }
    }
  }

  void expire() {
    Instant now = clock.instant();
    waiters.stream()
        .filter(waiter -> !now.isBefore(waiter.deadline))
        .forEach(waiter -> end(waiter, End.TIMEOUT));
  }

  private void end(Waiter waiter, End end) {
    waiters.remove(waiter);
    waiter.emitter.complete(end);
  }
}
