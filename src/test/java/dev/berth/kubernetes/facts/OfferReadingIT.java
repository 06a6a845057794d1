package dev.berth.kubernetes.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.installation.Caller;
import dev.berth.kubernetes.Hands;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.local.Parts;
import dev.berth.plan.ClusterOffer;
import dev.berth.plan.ClusterOffer.Names;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cluster lets pods and claims name, with the rights that Berth has. */
class OfferReadingIT {

  private static final String STORAGE = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String PRIORITY = "/apis/scheduling.k8s.io/v1/priorityclasses";
  private static final Caller ADMINISTRATOR = Caller.administrator();

  private final OfferReading offer = new OfferReading(Hands.berths().api, Clock.systemUTC());

  @AfterEach
  void without() {
    ADMINISTRATOR.delete(STORAGE + "/fast");
    ADMINISTRATOR.delete(STORAGE + "/slow");
    ADMINISTRATOR.delete(PRIORITY + "/important");
  }

  @Test
  void classesAreReadWithThoseThatTheClusterGivesByDefault() {
    ADMINISTRATOR.post(
        STORAGE,
        "{'metadata': {'name': 'fast', 'annotations': {'storageclass.kubernetes.io/is-default-class': 'true'}},"
            + " 'provisioner': 'example.com/none'}");
    ADMINISTRATOR.post(
        STORAGE, "{'metadata': {'name': 'slow'}, 'provisioner': 'example.com/none'}");
    ADMINISTRATOR.post(PRIORITY, "{'metadata': {'name': 'important'}, 'value': 7}");

    assertThat(offer.isComplete()).isFalse();
    offer.look();

    assertThat(offer.isComplete()).isTrue();
    ClusterOffer read = offer.with(List.of(node()));
    assertThat(read.storageClasses())
        .isEqualTo(new Names(true, Set.of("fast", "slow"), Set.of("fast")));
    assertThat(read.priorityClasses().all()).contains("important", "system-node-critical");
    assertThat(read.priorityClasses().byDefault()).isEmpty();
    assertThat(read.resources()).isEqualTo(new Names(true, Set.of("nvidia.com/gpu"), Set.of()));
  }

  @Test
  void whatMayNotBeReadIsNotKnownAndHoldsNothingUp() {
    OfferReading without =
        new OfferReading(
            Hands.memberOf(Parts.cluster(), "nobody-in-particular").api, Clock.systemUTC());

    without.look();

    assertThat(without.isComplete()).isTrue();
    assertThat(without.with(List.of()).storageClasses()).isEqualTo(Names.UNKNOWN);
    assertThat(without.with(List.of()).priorityClasses()).isEqualTo(Names.UNKNOWN);
  }

  @Test
  void anApiServerThatDoesNotAnswerIsAskedAgain() {
    Config nowhere = new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:1").build();
    OfferReading silent =
        new OfferReading(
            new ApiServer(
                new KubernetesClientBuilder().withConfig(nowhere).build(), Clock.systemUTC()),
            Clock.systemUTC());

    assertThatThrownBy(silent::look).hasMessageContaining("cannot be listed");
    assertThat(silent.isComplete()).isFalse();
  }

  private static Node node() {
    Node node = KataPool.withAllocatable("1Gi", "4");
    node.getStatus()
        .setAllocatable(
            Map.of(
                "memory", new Quantity("1Gi"),
                "nvidia.com/gpu", new Quantity("2"),
                "hugepages-2Mi", new Quantity("0")));
    return node;
  }
}
