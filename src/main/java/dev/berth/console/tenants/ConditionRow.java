package dev.berth.console.tenants;

import dev.berth.console.Badge;
import dev.berth.tenant.condition.Condition;

/** A condition as a line. */
public record ConditionRow(Condition condition, Badge mark) {

  static ConditionRow of(Condition condition) {
    return new ConditionRow(condition, Badge.of(condition.status()));
  }
}
