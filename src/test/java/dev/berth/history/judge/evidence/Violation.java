package dev.berth.history.judge.evidence;

import java.time.Instant;

/** A promise that was seen broken. */
public record Violation(Instant at, String rule, String tenant, String what) {
  @Override
  public String toString() {
    return "%s %s tenant %s: %s".formatted(at, rule, tenant, what);
  }
}
