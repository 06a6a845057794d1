package dev.berth.local.azure;

import dev.berth.local.azure.aks.Aks;
import dev.berth.local.azure.aks.PoolListener;
import dev.berth.local.azure.aks.Portal;
import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Endpoint;
import dev.berth.local.azure.wire.Gates;
import dev.berth.local.azure.wire.Identity;
import dev.berth.local.azure.wire.Journal;
import dev.berth.local.azure.wire.Mishap;
import dev.berth.local.azure.wire.Route;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A Resource Manager with one subscription and one AKS cluster in it, and the identity endpoint
 * beside it. All time is that of the given clock: how long operations take, when tokens expire and
 * buckets fill.
 */
public final class FakeAzure implements AutoCloseable {
  public static final String TENANT = "00000000-0000-0000-0000-00000000aaaa";
  public static final Aks.Place PLACE =
      new Aks.Place("00000000-0000-0000-0000-000000000001", "berth", "local", "westeurope");

  private final Identity identity;
  private final Gates gates;
  private final Aks aks;
  private final Endpoint endpoint;
  private final ScheduledExecutorService settling =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  private FakeAzure(int port, Clock clock) {
    identity = new Identity(clock, TENANT);
    gates = new Gates(clock, identity);
    aks = new Aks(clock, PLACE);
    endpoint = Endpoint.start(port, gates, routes());
    settling.scheduleWithFixedDelay(aks::settle, 200, 200, TimeUnit.MILLISECONDS);
  }

  /** On the clock of the machine. */
  public static FakeAzure start(int port) {
    return start(port, Clock.systemUTC());
  }

  /**
   * @param port 0 for any
   */
  public static FakeAzure start(int port, Clock clock) {
    return new FakeAzure(port, clock);
  }

  /** Of the Resource Manager and of the identity endpoint alike. */
  public String url() {
    return endpoint.url();
  }

  public String clusterUrl() {
    return url() + PLACE.clusterPath();
  }

  public String poolUrl(String pool) {
    return clusterUrl() + "/agentPools/" + pool;
  }

  /** All of these happen to the next call of the kind; said again, to the one after it. */
  public void next(Call call, Mishap... mishaps) {
    gates.script().next(call, mishaps);
  }

  /** Like {@link #next}, but for calls about one pool. */
  public void nextFor(String pool, Call call, Mishap... mishaps) {
    gates.script().nextAt("/agentPools/" + pool, call, mishaps);
  }

  /** These happen to every call of the kind. */
  public void always(Call call, Mishap... mishaps) {
    gates.script().always(call, mishaps);
  }

  /** No mishaps are to come any more. */
  public void calmsDown() {
    gates.script().clear();
  }

  /** If nothing else is said for one of them. */
  public void operationsTake(Duration time) {
    gates.operationsTake(time);
  }

  /** AKS works on the cluster for a reason of its own. */
  public void busyFor(Duration time) {
    portal().isBusyFor(time);
  }

  /** As if others had used up the bucket of the cluster or of the subscription. */
  public void drain(Call call) {
    gates.drain(call, PLACE.clusterPath());
  }

  /** As if others had used up the bucket that a pool has to itself. */
  public void drainFor(String pool, Call call) {
    gates.drain(call, PLACE.clusterPath() + "/agentPools/" + pool);
  }

  public void withoutThrottling() {
    gates.withoutThrottling();
  }

  public void showPagesOf(int pools) {
    aks.showPagesOf(pools);
  }

  public void tell(PoolListener listener) {
    aks.tell(listener);
  }

  /** What others do to the cluster. */
  public Portal portal() {
    return aks.portal();
  }

  public Identity identity() {
    return identity;
  }

  public Journal journal() {
    return endpoint.journal();
  }

  @Override
  public void close() {
    settling.shutdownNow();
    endpoint.close();
  }

  private List<Route> routes() {
    Route token =
        Route.of(
            Call.TOKEN,
            "POST",
            "/{tenant}/oauth2/v2\\.0/token",
            asked -> identity.answer(asked.request()));
    Route managed =
        Route.of(Call.TOKEN, "GET", Identity.MANAGED, asked -> identity.managed(asked.request()));
    return Stream.concat(Stream.of(token, managed), aks.routes().stream()).toList();
  }
}
