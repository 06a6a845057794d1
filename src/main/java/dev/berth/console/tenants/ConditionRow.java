package dev.berth.console.tenants;

import dev.berth.console.Mark;
import dev.berth.tenant.condition.Condition;

/** A condition as a line. */
public record ConditionRow(Condition condition, Mark mark) {

  static ConditionRow of(Condition condition) {
    return new ConditionRow(condition, Mark.of(condition.status()));
  }
}
