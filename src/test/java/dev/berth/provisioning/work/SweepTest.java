package dev.berth.provisioning.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.decide.Planner;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Inventory;
import dev.berth.provisioning.Inventory.Found;
import dev.berth.provisioning.Pieces;
import dev.berth.store.InstallationInMemory;
import dev.berth.store.tenants.TenantsInMemory;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SweepTest {

  private static final String NAMESPACE = "tenant-acme";

  private final Pieces pieces = new Pieces();
  private final TenantsInMemory tenants = new TenantsInMemory();
  private final List<Operation> carriedOut = new ArrayList<>();
  private final List<Assignment> assignments = new ArrayList<>();
  private final UUID current = UUID.randomUUID();
  private final Tenant tenant =
      pieces.accepted("acme").with(List.of(new TenantNamespace("", NAMESPACE, current, "uid-now")));

  @Test
  void aNamespaceOfAPastIncarnationIsClosedEmptiedAndThenDeleted() {
    tenants.remember(tenant);

    sweep(ours -> List.of(found("acme", UUID.randomUUID())));

    assertThat(carriedOut).first().matches(Operation::takesAccess);
    assertThat(carriedOut.get(carriedOut.size() - 2)).isInstanceOf(Operation.EvictPods.class);
    assertThat(carriedOut)
        .last()
        .isInstanceOfSatisfying(
            Operation.Delete.class,
            delete -> {
              assertThat(delete.key().name()).isEqualTo(NAMESPACE);
              assertThat(delete.uid())
                  .as("of what was found, not of what stands now")
                  .isEqualTo("uid");
            });
    assertThat(assignments)
        .allSatisfy(assignment -> {
          assertThat(assignment.owner().generation())
              .as("also what was written for a later one than is known goes")
              .isEqualTo(Assignment.Owner.AFTER_ALL);
          assertThat(assignment.installation()).isEqualTo(InstallationInMemory.ID);
          assertThat(assignment.deadline()).isAfter(pieces.clock.instant());
        });
  }

  @Test
  void aNamespaceThatATenantKnowsStays() {
    tenants.remember(tenant);

    sweep(ours -> List.of(found("acme", current)));

    assertThat(carriedOut).isEmpty();
  }

  /** What is made meanwhile was remembered before it was made. */
  @Test
  void theClusterIsReadBeforeTheDatabase() {
    sweep(ours -> {
      tenants.remember(tenant);
      return List.of(found("acme", current));
    });

    assertThat(carriedOut).isEmpty();
  }

  @Test
  void aNamespaceWhoseTenantIsNotKnownAtAllStays() {
    sweep(ours -> List.of(found("stranger", UUID.randomUUID())));

    assertThat(carriedOut).isEmpty();
  }

  @Test
  void aClusterThatDoesNotTellAllOfThemIsLeftAlone() {
    sweep(ours -> {
      throw new IllegalStateException("page 2 is missing");
    });

    assertThat(carriedOut).isEmpty();
  }

  private void sweep(Inventory inventory) {
    new Sweep(
            inventory,
            tenants,
            new Planner(),
            (operation, assignment) -> {
              carriedOut.add(operation);
              assignments.add(assignment);
              return new Outcome.Done(null);
            },
            new InstallationInMemory(),
            pieces.config,
            pieces.clock)
        .sweep();
  }

  private static Found found(String tenant, UUID provisioningId) {
    return new Found(
        new TenantId(tenant), new TenantNamespace("", NAMESPACE, provisioningId, "uid"));
  }
}
