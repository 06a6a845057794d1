package dev.berth.kubernetes.policy;

import java.util.Map;

/**
 * An admission policy or binding, without the rest of its metadata.
 *
 * @param role what a shipped one is there for; a cluster is not asked for it
 * @param content the fields beside {@code apiVersion}, {@code kind} and {@code metadata}
 */
public record PolicyObject(String kind, String name, String role, Map<String, Object> content) {

  public static final String MUTATING_POLICY = "MutatingAdmissionPolicy";
  public static final String MUTATING_BINDING = "MutatingAdmissionPolicyBinding";

  boolean isMutating() {
    return kind.equals(MUTATING_POLICY) || kind.equals(MUTATING_BINDING);
  }

  /** One of a cluster. */
  public PolicyObject(String kind, String name, Map<String, Object> content) {
    this(kind, name, "", content);
  }

  /** Whether tenants are less safe without it; else it is a comfort, or restrains Berth itself. */
  boolean guards() {
    return role.equals("guard");
  }

  boolean isSameObject(PolicyObject other) {
    return kind.equals(other.kind) && name.equals(other.name);
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
