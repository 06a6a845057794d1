package dev.berth.tenant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who gets access: an RBAC subject. Only a ServiceAccount has a namespace, one of the
 * tenant's own.
 */
public record Subject(SubjectKind kind, String name, @Nullable String namespace) {

  /** Spelled as in RBAC. */
  public enum SubjectKind {
    User,
    Group,
    ServiceAccount
  }
}
