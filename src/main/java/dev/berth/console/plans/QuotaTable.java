package dev.berth.console.plans;

import dev.berth.api.plans.PlanViews.BudgetView;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the quota of a namespace has, by name.
 *
 * @param namespace its name in the plan; empty = the default one
 */
public record QuotaTable(String namespace, Map<String, String> amounts) {

  static List<QuotaTable> all(BudgetView budget) {
    return budget.quotas().entrySet().stream()
        .map(quota -> new QuotaTable(quota.getKey(), new TreeMap<>(quota.getValue())))
        .toList();
  }
}
