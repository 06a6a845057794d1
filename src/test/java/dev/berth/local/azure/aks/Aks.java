package dev.berth.local.azure.aks;

import dev.berth.local.azure.wire.Call;
import dev.berth.local.azure.wire.Route;
import java.time.Clock;
import java.util.List;

/** The resource providers of one subscription: what is answered at which path. */
public final class Aks {
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private static final String CLUSTER =
      SUBSCRIPTION
          + "/resourceGroups/{group}/providers/Microsoft\\.ContainerService/managedClusters/{cluster}";
  private static final String POOLS = CLUSTER + "/agentPools";
  private static final String LOCATION =
      SUBSCRIPTION + "/providers/Microsoft\\.ContainerService/locations/{location}";
  private static final String COMPUTE = SUBSCRIPTION + "/providers/Microsoft\\.Compute";

  private final Subscription subscription;
  private final Portal portal;
  private final PoolCalls pools;

  /**
   * Where the cluster is.
   *
   * @param group of resources
   */
  public record Place(String subscription, String group, String cluster, String location) {

    public String clusterPath() {
      return "/subscriptions/%s/resourceGroups/%s/providers/Microsoft.ContainerService/managedClusters/%s"
          .formatted(subscription, group, cluster);
    }
  }

  public Aks(Clock clock, Place place) {
    subscription = new Subscription(place.subscription(), place.location(), clock);
    portal = new Portal(subscription, subscription.add(place.group(), place.cluster()));
    pools = new PoolCalls(subscription);
    portal.creates("system", properties -> properties.put("mode", "System").put("count", 2));
  }

  public Portal portal() {
    return portal;
  }

  /** Of what is there already, too. */
  public void tell(PoolListener listener) {
    synchronized (subscription) {
      pools.tell(listener);
      portal.tell(listener);
    }
  }

  public void showPagesOf(int number) {
    pools.showPagesOf(number);
  }

  /** Ends what is over by the clock. */
  public void settle() {
    synchronized (subscription) {
      subscription.operations().settle();
    }
  }

  public List<Route> routes() {
    ClusterCalls clusters = new ClusterCalls(subscription);
    ComputeCalls compute = new ComputeCalls(subscription);
    Operations operations = subscription.operations();
    return List.of(
        route(Call.GET_CLUSTER, "GET", CLUSTER, clusters::get),
        route(Call.PUT_CLUSTER, "PUT", CLUSTER, clusters::put),
        route(Call.LIST_POOLS, "GET", POOLS, pools::list),
        route(Call.GET_POOL, "GET", POOLS + "/{pool}", pools::get),
        route(Call.PUT_POOL, "PUT", POOLS + "/{pool}", pools::put),
        route(Call.DELETE_POOL, "DELETE", POOLS + "/{pool}", pools::delete),
        route(Call.GET_OPERATION, "GET", LOCATION + "/operations/{operation}", operations::status),
        route(
            Call.GET_RESULT, "GET", LOCATION + "/operationresults/{operation}", operations::result),
        route(Call.LIST_SKUS, "GET", COMPUTE + "/skus", compute::skus),
        route(Call.LIST_USAGES, "GET", COMPUTE + "/locations/{location}/usages", compute::usages));
  }

  private Route route(Call call, String method, String template, Route.Service service) {
    return Route.of(
        call,
        method,
        template,
        asked -> {
          synchronized (subscription) {
            subscription.operations().settle();
            return service.answer(asked);
          }
        });
  }
}
