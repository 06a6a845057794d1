package dev.berth.kubernetes.proof;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.kubernetes.object.Difference;
import dev.berth.kubernetes.object.Manifests;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Resource;
import dev.berth.plan.isolation.IsolationCheck;
import dev.berth.plan.isolation.IsolationLine;
import dev.berth.plan.isolation.IsolationLine.LineResult;
import dev.berth.plan.isolation.RoleGrant;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.IsolationProbe;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Puts checks to the API server: as pods that are tried, rights that are asked, objects read. */
@Singleton
class ClusterIsolation implements IsolationProbe {

  private static final Logger LOG = Logger.getLogger(ClusterIsolation.class);

  private final ApiServer api;
  private final PodTrials trials;
  private final AccessReviews reviews;
  private final UnfitPods unfit;
  private final GrantReading grants;

  ClusterIsolation(
      ApiServer api,
      PodTrials trials,
      AccessReviews reviews,
      UnfitPods unfit,
      GrantReading grants) {
    this.grants = grants;
    this.api = api;
    this.trials = trials;
    this.reviews = reviews;
    this.unfit = unfit;
  }

  @Override
  public Optional<IsolationLine> ask(IsolationCheck check, Assignment assignment) {
    try {
      return switch (check) {
        case IsolationCheck.PodRefused pod -> trials.tryEscape(pod, assignment.deadline());
        case IsolationCheck.PodDefaulted pod -> trials.tryDefault(pod, assignment.deadline());
        case IsolationCheck.PodsInside pods -> unfit.look(pods, assignment.deadline());
        case IsolationCheck.Right right -> reviews.review(right, assignment.deadline());
        case IsolationCheck.Bound bound -> read(bound, assignment);
      };
    } catch (RuntimeException e) {
      LOG.errorf(e, "tenant=%s check=%s", assignment.owner().tenant(), check.what());
      return Optional.empty();
    }
  }

  @Override
  public Optional<List<RoleGrant>> grants(Set<String> namespaces, Assignment assignment) {
    return grants.read(namespaces, assignment.deadline());
  }

  private Optional<IsolationLine> read(IsolationCheck.Bound bound, Assignment assignment) {
    Resource resource = bound.resource();
    Answer got = api.get(ApiPath.object(resource.key()), assignment.deadline());
    if (got.isAbsent()) {
      return Optional.of(IsolationLine.of(bound, "missing", "none", LineResult.FAILED));
    }
    if (!got.isOk()) {
      LOG.warnf(
          "tenant=%s %s cannot be read: %s",
          assignment.owner().tenant(), resource.key(), Answers.brief(got.message()));
      return Optional.empty();
    }
    ObjectNode rest = difference(got, resource, assignment);
    String guard = bound.what();
    return Optional.of(
        rest.isEmpty()
            ? IsolationLine.of(bound, bound.expected(), guard, LineResult.PASSED)
            : IsolationLine.of(
                bound,
                "differs at " + String.join(", ", Difference.places(rest)),
                guard,
                LineResult.FAILED));
  }

  /** What the object is to be, and of a quota also what is in force. */
  private static ObjectNode difference(Answer got, Resource resource, Assignment assignment) {
    ObjectNode wanted = Manifests.manifest(resource, assignment);
    ObjectNode live = got.body().deepCopy();
    if (resource instanceof Resource.ResourceQuota) {
      wanted.putObject("status").set("hard", wanted.at("/spec/hard"));
      live.withObject("/status").remove("used");
    }
    return Difference.between(new Live(live), wanted);
  }
}
