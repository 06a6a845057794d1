package dev.berth.kubernetes.policy;

import java.util.Map;

/**
 * An admission policy or binding, without its metadata.
 *
 * @param content the fields beside {@code apiVersion}, {@code kind} and {@code metadata}
 */
public record PolicyObject(String kind, String name, Map<String, Object> content) {

  public static final String MUTATING_POLICY = "MutatingAdmissionPolicy";
  public static final String MUTATING_BINDING = "MutatingAdmissionPolicyBinding";

  boolean isMutating() {
    return kind.equals(MUTATING_POLICY) || kind.equals(MUTATING_BINDING);
  }

  /** Whether tenants are less safe without it; else it is a comfort, or restrains Berth itself. */
  boolean guards() {
    return !isMutating() && !name.equals("berth-restraint") && !name.endsWith("-warning");
  }

  boolean isSameObject(PolicyObject other) {
    return kind.equals(other.kind) && name.equals(other.name);
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
