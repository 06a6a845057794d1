package dev.berth.bridge;

import dev.berth.messaging.Ferry;
import dev.berth.messaging.Ferry.Route;
import dev.berth.provisioning.ProvisioningConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Joins a control plane made with AWS SBT: its requests become events on the topic that every
 * control plane writes to, and steps become its answers. Without a topic of requests nothing
 * starts.
 */
@ApplicationScoped
class SbtBridge {

  private final SbtConfig config;
  private final ProvisioningConfig berth;
  private final Ferry ferry;

  SbtBridge(SbtConfig config, ProvisioningConfig berth, Ferry ferry) {
    this.config = config;
    this.berth = berth;
    this.ferry = ferry;
  }

  void start(@Observes StartupEvent event) {
    config.requests().ifPresent(this::join);
  }

  private void join(String requests) {
    checkSource();
    String events = berth.topics().events();
    String lifecycle = berth.topics().lifecycle();
    String answersTopic = config.answers().orElseThrow();
    SbtAnswers answers = new SbtAnswers(answersTopic, config.source(), config.answersAs());
    SbtMapping mapping =
        new SbtMapping(events, config.owners().orElseThrow(), config.plans(), answers);
    ferry.start(
        new Route(
            "berth-bridge-sbt-requests", requests, Set.of(events, answersTopic), mapping::map));
    ferry.start(
        new Route("berth-bridge-sbt-answers", lifecycle, Set.of(answersTopic), answers::of));
  }

  private void checkSource() {
    if (!berth.events().sources().orElse(Set.of()).contains(SbtMapping.SOURCE)) {
      throw new ConfigurationException(
          "Berth does not start, because berth.bridge.sbt.requests is set and the bridge may not write: add %s to berth.events.sources. See docs/contract-kit.md"
              .formatted(SbtMapping.SOURCE));
    }
  }
}
