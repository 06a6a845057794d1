package dev.berth.local.run;

import dev.berth.local.LocalKafka;
import dev.berth.local.LocalPostgres;
import dev.berth.local.SamplePlans;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.cluster.LocalCluster;
import dev.berth.local.process.LogOutput;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The packaged jar beside parts of its own, started as anybody may start it: with the lines of
 * {@code local.env} as its environment.
 */
public final class PackagedBerth implements AutoCloseable {
  private static final Map<String, String> THIS_MACHINE_ONLY =
      Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_MANAGEMENT_HOST", "127.0.0.1");

  private final RunFolder folder;
  private final LocalParts parts;
  private final List<Replica> replicas = new ArrayList<>();

  private PackagedBerth(RunFolder folder, LocalParts parts) {
    this.folder = folder;
    this.parts = parts;
  }

  /** Parts without any data, in {@code target/<name>}; no replica runs yet. */
  public static PackagedBerth besideNewParts(String name) {
    return besideNewParts(name, LocalCluster.manifests(), false);
  }

  /** The same, on a cluster on which other manifests than {@code k8s/} were installed. */
  public static PackagedBerth besideNewParts(String name, Path manifests) {
    return besideNewParts(name, manifests, false);
  }

  /** The same, on a cluster that gets its nodes from a double of Azure. */
  public static PackagedBerth besideAzure(String name) {
    return besideNewParts(name, LocalCluster.manifests(), true);
  }

  private static PackagedBerth besideNewParts(String name, Path manifests, boolean azure) {
    RunFolder folder =
        new RunFolder(Path.of(System.getProperty("basedir", ""), "target").resolve(name));
    LogOutput.quiet();
    LocalParts.endLeftOver(folder);
    folder.deleteData();
    return new PackagedBerth(
        folder, LocalParts.start(folder, manifests, azure, Progress.toConsole()));
  }

  public FakeAzure azure() {
    return Objects.requireNonNull(parts.azure(), "these parts have no Azure").azure();
  }

  public LocalPostgres postgres() {
    return parts.postgres();
  }

  public LocalKafka kafka() {
    return parts.kafka();
  }

  public LocalCluster cluster() {
    return parts.cluster();
  }

  /** One more replica, not started; the settings are environment variables too. */
  public Replica replica(Map<String, String> settings) {
    return replica(Replica.JAR, settings);
  }

  /** The same, beside what a local run writes for people: commands, plans, and local.env. */
  public Replica asInALocalRun() {
    SamplePlans.writeTo(folder.plans());
    folder.writeCommands();
    Replica replica = replica(Map.of("BERTH_CATALOGUE_DIRECTORY", folder.plans().toString()));
    Texts.write(folder.localEnv(), RunFolder.lines(replica.environment()));
    return replica;
  }

  /** The same of another jar. */
  public Replica replica(Path jar, Map<String, String> settings) {
    String name = "berth-" + (replicas.size() + 1);
    Ports ports = Ports.rememberedIn(folder.data(name));
    BerthAddress address = new BerthAddress(ports.of("http"), ports.of("management"));
    Map<String, String> environment = new TreeMap<>(parts.environment(address));
    environment.putAll(THIS_MACHINE_ONLY);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(address.port()));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(address.managementPort()));
    environment.putAll(settings);
    Replica replica = new Replica(name, jar, folder.data(name), address, environment);
    replicas.add(replica);
    return replica;
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
    parts.close();
  }
}
