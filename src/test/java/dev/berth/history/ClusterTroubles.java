package dev.berth.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.history.plot.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Begins and ends the troubles that lie in the cluster and in the catalogue. */
final class ClusterTroubles {
  private static final String ADMISSION = "/apis/admissionregistration.k8s.io/v1/";
  private static final String CLASSES = "/apis/node.k8s.io/v1/runtimeclasses/";
  private static final String MANAGED = CLASSES + "kata-vm-isolation";
  static final String SECOND = "kata-second";
  static final String NARROW = "kata-narrow";
  private static final String NODES = "/api/v1/nodes/";

  private final ClusterHands hands;
  private final Plans plans;
  private final List<String> policies = new ArrayList<>();
  private final List<String> bindings = new ArrayList<>();
  private final List<String> nodes = new ArrayList<>();

  /**
   * @param guards the policies and bindings that guard tenants, as {@code kind/name}
   */
  ClusterTroubles(ClusterHands hands, Set<String> guards, Plans plans) {
    this.hands = hands;
    this.plans = plans;
    new TreeSet<>(guards)
        .forEach(it -> (it.contains("bindings/") ? bindings : policies).add(ADMISSION + it));
    hands.names("/api/v1/nodes").forEach(it -> nodes.add(NODES + it));
  }

  /** Tells what it did. */
  String begin(Trouble trouble) {
    switch (trouble.kind()) {
      case BINDING_LOST -> hands.lose(binding(trouble));
      case POLICY_LOST -> hands.lose(policy(trouble));
      case POLICY_ALTERED ->
          hands.alter(policy(trouble), it -> validation(it).put("expression", "true"));
      case CLASS_LOST -> hands.lose(MANAGED);
      case CLASS_ANEW -> hands.replace(MANAGED, it -> it.put("handler", "runc"));
      case NODES_CORDONED -> nodes.forEach(it -> hands.alter(it, ClusterTroubles::cordon));
      case NODES_GONE -> nodes.forEach(hands::lose);
      case SECOND_CLASS -> bring(SECOND, "1Ti");
      case NARROW_CLASS -> bring(NARROW, "4Gi");
      case SECOND_CLASS_ANEW -> hands.replace(CLASSES + SECOND, it -> it.put("handler", "runc"));
      case PLAN_WITHDRAWN -> plans.withdraw(Plans.WITHDRAWABLE);
      default -> throw new IllegalArgumentException(trouble.toString());
    }
    return what(trouble);
  }

  String end(Trouble trouble) {
    switch (trouble.kind()) {
      case BINDING_LOST -> hands.restore(binding(trouble));
      case POLICY_LOST, POLICY_ALTERED -> hands.restore(policy(trouble));
      case CLASS_LOST, CLASS_ANEW -> hands.restore(MANAGED);
      case NODES_CORDONED, NODES_GONE -> nodes.forEach(hands::restore);
      case SECOND_CLASS -> take(SECOND);
      case NARROW_CLASS -> take(NARROW);
      case SECOND_CLASS_ANEW -> hands.restore(CLASSES + SECOND);
      case PLAN_WITHDRAWN -> plans.release(Plans.WITHDRAWABLE);
      default -> throw new IllegalArgumentException(trouble.toString());
    }
    return what(trouble);
  }

  private String what(Trouble trouble) {
    return switch (trouble.kind()) {
      case BINDING_LOST -> " " + binding(trouble);
      case POLICY_LOST, POLICY_ALTERED -> " " + policy(trouble);
      default -> "";
    };
  }

  /** The sandbox's own more often than the others. */
  private String binding(Trouble trouble) {
    return pick(bindings, trouble);
  }

  private String policy(Trouble trouble) {
    return pick(policies, trouble);
  }

  private static String pick(List<String> of, Trouble trouble) {
    return trouble.pick() % 3 == 0
        ? of.stream().filter(it -> it.endsWith("/berth-sandbox")).findFirst().orElse(of.getFirst())
        : of.get(trouble.pick() % of.size());
  }

  private static ObjectNode validation(ObjectNode policy) {
    return (ObjectNode) policy.at("/spec/validations/0");
  }

  private static void cordon(ObjectNode node) {
    node.withObject("/spec").put("unschedulable", true);
  }

  private void take(String name) {
    hands.delete(NODES + name);
    hands.delete(CLASSES + name);
  }

  private void bring(String name, String memory) {
    hands.bring(
        CLASSES + name,
        """
        {'apiVersion': 'node.k8s.io/v1', 'kind': 'RuntimeClass', 'metadata': {'name': '%1$s'},
         'handler': 'kata', 'overhead': {'podFixed': {'memory': '128Mi'}},
         'scheduling': {'nodeSelector': {'%1$s': 'true'}}}\
        """
            .formatted(name));
    hands.bring(
        NODES + name,
        """
        {'apiVersion': 'v1', 'kind': 'Node',
         'metadata': {'name': '%1$s', 'labels': {'%1$s': 'true', 'kubernetes.io/os': 'linux'}},
         'status': {'capacity': {'cpu': '1k', 'memory': '%2$s', 'pods': '1k'},
                    'allocatable': {'cpu': '1k', 'memory': '%2$s', 'pods': '1k'},
                    'conditions': [{'type': 'Ready', 'status': 'True', 'reason': 'KubeletReady'}]}}\
        """
            .formatted(name, memory));
    hands.restore(NODES + name);
  }
}
