package dev.berth.kubernetes.object;

import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.Answers;
import dev.berth.kubernetes.server.ApiPath;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.Outcome;
import dev.berth.plan.Resource.Key;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Assignment.Owner;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a namespace is still the tenant's. What takes away asks first: somebody else's namespace
 * may stand under the name by now.
 */
@Singleton
public class Namespaces {

  private final ApiServer api;

  public Namespaces(ApiServer api) {
    this.api = api;
  }

  /** Empty if the namespace is the tenant's; done if there is none, or another's. */
  Optional<Outcome> unlessOurs(String namespace, Assignment assignment) {
    Answer got = read(namespace, assignment);
    if (got.isAbsent()) {
      return Optional.of(new Outcome.Done(null));
    }
    if (!got.isOk()) {
      return Optional.of(Answers.outcome(got, "reading Namespace " + namespace));
    }
    return isOurs(got.object(), namespace, assignment)
        ? Optional.empty()
        : Optional.of(new Outcome.Done(null));
  }

  /** Empty if pods may come into the tenant's namespace; done if there is none, or it goes. */
  public Optional<Outcome> unlessOpen(String namespace, Assignment assignment) {
    Answer got = read(namespace, assignment);
    if (!got.isOk() && !got.isAbsent()) {
      return Optional.of(Answers.outcome(got, "reading Namespace " + namespace));
    }
    boolean open =
        got.isOk() && !got.object().isTerminating() && isOurs(got.object(), namespace, assignment);
    return open ? Optional.empty() : Optional.of(new Outcome.Done(null));
  }

  private Answer read(String namespace, Assignment assignment) {
    return api.get(ApiPath.object(Key.ofNamespace(namespace)), assignment.deadline());
  }

  private static boolean isOurs(Live live, String namespace, Assignment assignment) {
    String recorded = assignment.owner().namespace(namespace).uid();
    return isOurs(live, recorded, namespace, assignment.owner());
  }

  /** By the recorded uid; before one was recorded, by the marks of this life of the tenant. */
  static boolean isOurs(Live live, @Nullable String recorded, String namespace, Owner owner) {
    return recorded == null ? Ownership.isOf(live, namespace, owner) : live.uid().equals(recorded);
  }
}
