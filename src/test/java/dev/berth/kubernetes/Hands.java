package dev.berth.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.kubernetes.server.Answer;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.local.Parts;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.TcpProxy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;

/** Somebody who works on the cluster by hand: requests as they are, answers as they come. */
public final class Hands {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Not the field manager that is appended to it. */
  private static final String BY_HAND = "?fieldManager=by-hand&not=";

  private static final Clock CLOCK = Clock.systemUTC();

  public final ApiServer api;

  private Hands(Config config) {
    this.api = new ApiServer(new KubernetesClientBuilder().withConfig(config).build(), CLOCK);
  }

  /** With exactly the rights of Berth's ServiceAccount. */
  public static Hands berths() {
    return berths(Parts.cluster());
  }

  public static Hands berths(LocalCluster cluster) {
    return new Hands(Config.fromKubeconfig(cluster.berthKubeconfig().toFile()));
  }

  /** A wire to the API server that may go dead. */
  public static TcpProxy wire() {
    Config config = Config.fromKubeconfig(Parts.cluster().berthKubeconfig().toFile());
    return TcpProxy.to(URI.create(config.getMasterUrl()).getPort());
  }

  public static Hands berthsBehind(TcpProxy wire) {
    Config config = Config.fromKubeconfig(Parts.cluster().berthKubeconfig().toFile());
    config.setMasterUrl("https://127.0.0.1:%d/".formatted(wire.port()));
    return new Hands(config);
  }

  public static Hands memberOf(LocalCluster cluster, String group) {
    Config config = Config.fromKubeconfig(cluster.kubeconfig().toFile());
    config.setImpersonateUsername("somebody");
    config.setImpersonateGroups(group);
    return new Hands(config);
  }

  /** An administrator who broke the glass: no policy stops this one. */
  public static Hands intruders() {
    Config config = Config.fromKubeconfig(Parts.cluster().kubeconfig().toFile());
    config.setImpersonateUsername("intruder");
    config.setImpersonateGroups("system:masters", "berth:break-glass");
    return new Hands(config);
  }

  public Answer get(String path) {
    return api.get(path, soon());
  }

  public Answer post(String path, String object) {
    return api.post(path + BY_HAND, json(object), soon());
  }

  public Answer patch(String path, String patch) {
    return api.patch(path + BY_HAND, json(patch), soon());
  }

  public Answer delete(String path, String uid) {
    return api.delete(path, uid, soon());
  }

  public static Instant soon() {
    return CLOCK.instant().plusSeconds(20);
  }

  public static JsonNode json(String text) {
    try {
      // Single quotes keep JSON in Java readable.
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
