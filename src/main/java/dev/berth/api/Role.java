package dev.berth.api;

/** What a caller may do; each may also do what the ones before may. */
public enum Role {
  /** Reads. */
  VIEWER,
  /** Acts on tenants and refused records. */
  OPERATOR,
  /** Does also what is not easily undone. */
  ADMIN
}
