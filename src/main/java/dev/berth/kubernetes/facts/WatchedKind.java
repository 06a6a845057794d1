package dev.berth.kubernetes.facts;

import dev.berth.kubernetes.policy.PolicyObject;
import java.util.List;
import java.util.Locale;

/** Kinds that facts are read from without a typed model. */
enum WatchedKind {
  VALIDATING_POLICY(WatchedKind.ADMISSION, "ValidatingAdmissionPolicy"),
  VALIDATING_BINDING(WatchedKind.ADMISSION, "ValidatingAdmissionPolicyBinding"),
  MUTATING_POLICY(WatchedKind.ADMISSION, PolicyObject.MUTATING_POLICY),
  MUTATING_BINDING(WatchedKind.ADMISSION, PolicyObject.MUTATING_BINDING),
  SERVICE_CIDR("networking.k8s.io", "ServiceCIDR");

  static final List<WatchedKind> ALWAYS = List.of(VALIDATING_POLICY, VALIDATING_BINDING);

  /** Those that came with 1.36, and with 1.33. */
  static final List<List<WatchedKind>> OPTIONAL =
      List.of(List.of(MUTATING_POLICY, MUTATING_BINDING), List.of(SERVICE_CIDR));

  private static final String ADMISSION = "admissionregistration.k8s.io";
  private static final String VERSION = "v1";

  private final String group;
  private final String kind;

  WatchedKind(String group, String kind) {
    this.group = group;
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  String groupVersion() {
    return group + "/" + VERSION;
  }

  boolean isPolicy() {
    return group.equals(ADMISSION);
  }

  /** Of the collection. */
  String path() {
    String lower = kind.toLowerCase(Locale.ROOT);
    String plural = lower.endsWith("policy") ? lower.replaceAll("y$", "ies") : lower + "s";
    return "/apis/" + groupVersion() + "/" + plural;
  }
}
