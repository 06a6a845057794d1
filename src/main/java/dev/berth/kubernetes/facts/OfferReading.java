package dev.berth.kubernetes.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.plan.ClusterOffer;
import dev.berth.plan.ClusterOffer.Names;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What pods and claims may name in the cluster, by plain lists: it changes seldom, and nothing is
 * less safe while it is not known. Used by one thread.
 */
final class OfferReading {

  private static final Logger LOG = Logger.getLogger(OfferReading.class);
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String STORAGE = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String PRIORITY = "/apis/scheduling.k8s.io/v1/priorityclasses";
  private static final Set<String> OF_EVERY_NODE =
      Set.of("cpu", "memory", "ephemeral-storage", "pods");

  private final ApiServer api;
  private final Clock clock;
  private ClusterOffer classes = ClusterOffer.UNKNOWN;
  private boolean answered;

  OfferReading(ApiServer api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  /**
   * Lists the classes again.
   *
   * @throws IllegalStateException if the API server does not answer
   */
  void look() {
    Names priorities = names(PRIORITY, it -> it.path("globalDefault").asBoolean());
    Names storage = names(STORAGE, OfferReading::isDefaultStorage);
    classes = new ClusterOffer(priorities, storage, Names.UNKNOWN).or(classes);
    answered = true;
  }

  /** Whether the API server has answered once, if only that it does not tell. */
  boolean isComplete() {
    return answered;
  }

  ClusterOffer with(Collection<Node> nodes) {
    return new ClusterOffer(
        classes.priorityClasses(),
        classes.storageClasses(),
        new Names(true, resources(nodes), Set.of()));
  }

  private Names names(String path, Predicate<JsonNode> isDefault) {
    Answer answer = api.get(path, clock.instant().plus(PATIENCE));
    if (answer.code() == Answer.NONE) {
      throw new IllegalStateException(path + " cannot be listed: " + answer.message());
    }
    if (!answer.isOk()) {
      LOG.warnf(
          "%s cannot be listed, so plans are not compared with it: %s", path, answer.message());
      return Names.UNKNOWN;
    }
    Set<String> all = new HashSet<>();
    Set<String> byDefault = new HashSet<>();
    for (JsonNode item : answer.body().path("items")) {
      String name = item.at("/metadata/name").asText();
      all.add(name);
      if (isDefault.test(item)) {
        byDefault.add(name);
      }
    }
    return new Names(true, all, byDefault);
  }

  private static boolean isDefaultStorage(JsonNode storageClass) {
    JsonNode annotations = storageClass.at("/metadata/annotations");
    return Stream.of(
            "storageclass.kubernetes.io/is-default-class",
            "storageclass.beta.kubernetes.io/is-default-class")
        .anyMatch(key -> annotations.path(key).asText().equals("true"));
  }

  private static Set<String> resources(Collection<Node> nodes) {
    return nodes.stream()
        .map(node -> node.getStatus().getAllocatable())
        .filter(Objects::nonNull)
        .flatMap(allocatable -> allocatable.entrySet().stream())
        .filter(e -> !OF_EVERY_NODE.contains(e.getKey()) && isSome(e.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static boolean isSome(Quantity amount) {
    return Quantity.getAmountInBytes(amount).signum() > 0;
  }
}
