package dev.berth.plan.decide;

import dev.berth.plan.Operation;
import dev.berth.plan.Recorded;
import dev.berth.plan.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Operations as they are lined up; each step is named by its id for those that come after it. */
final class Steps {

  private final Recorded recorded;
  private final List<Operation> operations = new ArrayList<>();

  Steps(Recorded recorded) {
    this.recorded = recorded;
  }

  String apply(Resource resource, List<String> after) {
    return add(new Operation.Apply(resource, recorded.uid(resource.key()), after));
  }

  String close(Resource resource, List<String> after) {
    return add(new Operation.Close(resource, recorded.uid(resource.key()), after));
  }

  /** Revocations have no prerequisites. */
  String revoke(String namespace, Entitlement entitlement) {
    Map<String, String> uids = new HashMap<>();
    for (Resource.RoleBinding binding : entitlement.in(namespace)) {
      String uid = recorded.uid(binding.key());
      if (uid != null) {
        uids.put(binding.name(), uid);
      }
    }
    return add(new Operation.Revoke(namespace, entitlement.in(namespace), uids, List.of()));
  }

  String verify(String namespace, Operation.Proof proof, List<String> after) {
    return add(new Operation.Verify(namespace, proof, after));
  }

  String evictPods(String namespace, List<String> after) {
    return add(new Operation.EvictPods(namespace, after));
  }

  String evictUnfit(String namespace, Operation.Unfit unfit, List<String> after) {
    return add(new Operation.EvictUnfit(namespace, unfit, after));
  }

  String delete(Resource.Key key, List<String> after) {
    return add(new Operation.Delete(key, recorded.uid(key), after));
  }

  /** The steps that no other waits for yet: what comes after these comes after everything. */
  List<String> ends() {
    Set<String> waitedFor =
        operations.stream().flatMap(o -> o.after().stream()).collect(Collectors.toSet());
    return operations.stream().map(Operation::id).filter(id -> !waitedFor.contains(id)).toList();
  }

  List<Operation> list() {
    return operations;
  }

  private String add(Operation operation) {
    operations.add(operation);
    return operation.id();
  }
}
