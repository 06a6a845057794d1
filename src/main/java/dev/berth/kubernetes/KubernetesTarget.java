package dev.berth.kubernetes;

import dev.berth.kubernetes.object.AccessRemoval;
import dev.berth.kubernetes.object.Removal;
import dev.berth.kubernetes.object.Writes;
import dev.berth.kubernetes.proof.Proofs;
import dev.berth.kubernetes.proof.UnfitPods;
import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Target;
import dev.berth.tenant.condition.Reason;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Carries operations out in a Kubernetes cluster. */
@Singleton
public class KubernetesTarget implements Target {

  private static final Logger LOG = Logger.getLogger(KubernetesTarget.class);

  private final Writes writes;
  private final Proofs proofs;
  private final Removal removal;
  private final AccessRemoval access;
  private final UnfitPods unfit;

  KubernetesTarget(
      Writes writes, Proofs proofs, Removal removal, AccessRemoval access, UnfitPods unfit) {
    this.writes = writes;
    this.proofs = proofs;
    this.removal = removal;
    this.access = access;
    this.unfit = unfit;
  }

  @Override
  public Outcome execute(Operation operation, Assignment assignment) {
    try {
      return switch (operation) {
        case Operation.Apply apply -> writes.apply(apply, assignment);
        case Operation.Close close -> writes.close(close, assignment);
        case Operation.Revoke revoke -> access.revoke(revoke, assignment);
        case Operation.Verify verify -> proofs.verify(verify, assignment);
        case Operation.EvictPods evict -> removal.evict(evict, assignment);
        case Operation.EvictUnfit evict -> unfit.evict(evict, assignment);
        case Operation.Delete delete -> removal.delete(delete, assignment);
      };
    } catch (RuntimeException e) {
      LOG.errorf(e, "tenant=%s operation=%s", assignment.owner().tenant(), operation.id());
      return new Outcome.Retryable(
          Reason.Unexpected,
          operation.id() + " failed in Berth itself: " + e + "; see Berth's log, and report it");
    }
  }
}
