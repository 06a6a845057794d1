package dev.berth.delivery.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.LocalKafka;

/**
 * What Berth has published of its tenants.
 *
 * @param before as it was before the state was read: isolation reports may still come in, so what
 *     the state tells is held against both sides of it
 */
public record Topics(StatusHistory before, StatusHistory state, StatusHistory lifecycle) {

  public static Topics read(LocalKafka kafka) {
    return new Topics(
        StatusTopic.read(kafka, "tenant.lifecycle"),
        StatusTopic.read(kafka, "tenant.state"),
        StatusTopic.read(kafka, "tenant.lifecycle"));
  }

  /** No gap, no repeat with other bytes, and what compaction keeps is the latest step. */
  public void assertWholeAndAlike() {
    lifecycle.assertGaplessFromOne();
    lifecycle.assertRepeatsAreIdentical();
    state.assertRepeatsAreIdentical();
    for (String tenant : lifecycle.tenants()) {
      StatusEvent snapshot = state.latest().get(tenant);
      assertThat(snapshot.sequence())
          .as("the snapshot of %s that compaction keeps", tenant)
          .isGreaterThanOrEqualTo(before.steps(tenant).getLast().sequence());
      assertThat(lifecycle.steps(tenant))
          .filteredOn(step -> step.sequence() == snapshot.sequence())
          .extracting(StatusEvent::data)
          .isNotEmpty()
          .containsOnly(snapshot.data());
    }
  }
}
