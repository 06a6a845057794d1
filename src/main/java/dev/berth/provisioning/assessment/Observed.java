package dev.berth.provisioning.assessment;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource;
import dev.berth.store.tenants.Claim;
import dev.berth.store.tenants.Tenants;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantNamespace;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the outcomes tell about the tenant's objects. Pure.
 *
 * @param namespaceUids by the namespace's name in the cluster
 * @param goneNamespaces by the namespace's name in the cluster
 */
public record Observed(
    Tenants.Findings findings, Map<String, String> namespaceUids, Set<String> goneNamespaces) {

  public static Observed of(Claim claim, Map<Operation, Outcome> outcomes) {
    Map<Resource.Key, String> uids = new HashMap<>();
    Map<Resource.Key, String> errors = new HashMap<>();
    Map<String, String> namespaceUids = new HashMap<>();
    Set<String> goneNamespaces = new HashSet<>();
    outcomes.forEach((operation, outcome) -> {
      switch (operation) {
        case Operation.Write write -> {
          Resource.Key key = write.resource().key();
          if (outcome instanceof Outcome.Done done && done.uid() != null) {
            if (key.kind() == Resource.Kind.Namespace) {
              namespaceUids.put(key.name(), done.uid());
            } else {
              uids.put(key, done.uid());
            }
          } else {
            message(outcome, key, errors);
          }
        }
        case Operation.Delete delete -> {
          if (outcome instanceof Outcome.Done) {
            goneNamespaces.add(delete.key().namespace());
          }
        }
        case Operation.Revoke revoke -> message(outcome, revoke.most().getFirst().key(), errors);
        case Operation.Verify verify -> {}
        case Operation.EvictPods evict -> {}
        case Operation.EvictUnfit evict -> {}
      }
    });
    Set<Resource.Key> gone = new HashSet<>();
    claim.recorded().uids().keySet().stream()
        .filter(key -> goneNamespaces.contains(key.namespace()))
        .forEach(gone::add);
    return new Observed(new Tenants.Findings(uids, errors, gone), namespaceUids, goneNamespaces);
  }

  private static void message(Outcome outcome, Resource.Key key, Map<Resource.Key, String> errors) {
    switch (outcome) {
      case Outcome.Retryable r -> errors.put(key, r.message());
      case Outcome.Rejected r -> errors.put(key, r.message());
      case Outcome.Done d -> {}
      case Outcome.InProgress p -> {}
      case Outcome.Skipped s -> {}
    }
  }

  /** The tenant with the uids of its namespaces, without those that are gone. */
  public Tenant into(Tenant tenant) {
    return tenant.with(
        tenant.namespaces().stream()
            .filter(n -> !goneNamespaces.contains(n.namespace()))
            .map(this::withUid)
            .toList());
  }

  private TenantNamespace withUid(TenantNamespace namespace) {
    String uid = namespaceUids.get(namespace.namespace());
    return uid == null ? namespace : namespace.withUid(uid);
  }
}
