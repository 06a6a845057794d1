package dev.berth.api.tenants;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.advice.Advice;
import dev.berth.tenant.advice.Explanation;
import dev.berth.tenant.condition.Condition;
import dev.berth.tenant.condition.ConditionType;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a tenant is as it is, as the API shows it. */
public record ExplanationView(
    String tenantId,
    @JsonUnwrapped Headline headline,
    @Nullable Instant nextLookAt,
    List<String> sentences,
    List<BlockerView> blockedBy) {

  /** How the tenant fares as a whole. */
  public record Headline(Phase phase, @Nullable Instant since, @JsonUnwrapped Because why) {}

  /** A reason and what holds of it. */
  public record Because(Reason reason, @JsonUnwrapped Advice advice) {

    private static Because of(Reason reason) {
      return new Because(reason, Advice.of(reason));
    }
  }

  /** One condition that is not as it should be. */
  public record BlockerView(
      ConditionType condition, @JsonUnwrapped Because why, String message, Instant since) {

    private static BlockerView of(Condition condition) {
      return new BlockerView(
          condition.type(),
          Because.of(condition.reason()),
          condition.message(),
          condition.lastTransitionTime());
    }
  }

  static ExplanationView of(Tenant tenant) {
    Explanation explained = Explanation.of(tenant);
    return new ExplanationView(
        tenant.id().value(),
        new Headline(tenant.phase(), tenant.status().since(), Because.of(explained.reason())),
        tenant.status().nextRetryAt(),
        explained.sentences(),
        explained.blockedBy().stream().map(BlockerView::of).toList());
  }
}
