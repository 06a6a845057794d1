package dev.berth.api.plans;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.catalogue.document.PlanError;
import dev.berth.provisioning.observation.FieldChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans as the API shows them. */
public final class PlanViews {

  private PlanViews() {}

  /**
   * All plans.
   *
   * @param errors why the files as they are now are not used; what was loaded before stays in force
   * @param wrongSince when they were first found wrong; null = they are in use
   * @param countedAt when the tenants were counted
   */
  public record PlanList(
      List<PlanItem> items,
      List<PlanError> errors,
      @Nullable Instant wrongSince,
      Instant countedAt) {}

  /** One plan, the newest version first. */
  public record PlanItem(String name, List<VersionView> versions) {}

  /**
   * One version.
   *
   * @param offered whether the catalogue has it; else it has tenants all the same
   * @param releasedAt null = by a Berth on another database, or not yet
   * @param tenants that are on it
   */
  public record VersionView(
      int version, boolean offered, @Nullable Instant releasedAt, long tenants) {}

  /**
   * One version in full.
   *
   * @param document as it was loaded
   * @param budget what a tenant with the default number of sandboxes gets
   */
  public record PlanDetail(
      @JsonUnwrapped Edition edition,
      Object document,
      BudgetView budget,
      @Nullable DiffView diff) {}

  /** Which version this is, among all of the plan. */
  public record Edition(String name, int version, List<VersionView> versions) {}

  /**
   * What becomes of the amounts in the quotas of a tenant.
   *
   * @param runtimeClass whose overhead is in it; null = none, or the cluster is not known
   * @param quotas by the names of the namespaces in the plan
   */
  public record BudgetView(
      int sandboxes, @Nullable String runtimeClass, Map<String, Map<String, String>> quotas) {}

  /** What another version has otherwise. */
  public record DiffView(int from, int to, List<FieldChange> fields, List<FieldChange> quotas) {}
}
