package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.local.LocalCluster;
import dev.berth.local.Parts;
import dev.berth.local.TcpProxy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/** Somebody who works on the cluster by hand: requests as they are, answers as they come. */
final class Hands {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.systemUTC();

  final ApiServer api;

  private Hands(Config config) {
    this.api = new ApiServer(new KubernetesClientBuilder().withConfig(config).build(), CLOCK);
  }

  /** With exactly the rights of Berth's ServiceAccount. */
  static Hands berths() {
    return berths(Parts.cluster());
  }

  static Hands berths(LocalCluster cluster) {
    return new Hands(Config.fromKubeconfig(cluster.berthKubeconfig().toFile()));
  }

  /** A wire to the API server that may go dead. */
  static TcpProxy wire() {
    Config config = Config.fromKubeconfig(Parts.cluster().berthKubeconfig().toFile());
    return TcpProxy.to(URI.create(config.getMasterUrl()).getPort());
  }

  static Hands berthsBehind(TcpProxy wire) {
    Config config = Config.fromKubeconfig(Parts.cluster().berthKubeconfig().toFile());
    config.setMasterUrl("https://127.0.0.1:%d/".formatted(wire.port()));
    return new Hands(config);
  }

  static Hands memberOf(LocalCluster cluster, String group) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setImpersonateUsername("somebody");
    config.setImpersonateGroups(group);
    return new Hands(config);
  }

  /** An administrator who broke the glass: no policy stops this one. */
  static Hands intruders() {
    Config config = Config.fromKubeconfig(Parts.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("intruder");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    return new Hands(config);
  }

  Answer get(String path) {
    return api.get(path, soon());
  }

  Answer post(String path, String object) {
    return api.post(path, json(object), soon());
  }

  Answer patch(String path, String patch) {
    return api.patch(path, json(patch), soon());
  }

  Answer delete(String path, String uid) {
    return api.delete(path, uid, soon());
  }

  static Instant soon() {
    return CLOCK.instant().plusSeconds(20);
  }

  static JsonNode json(String text) {
    try {
      // Single quotes keep JSON in Java readable.
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
