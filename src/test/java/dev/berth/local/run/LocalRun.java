package dev.berth.local.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.PartsResource;
import dev.berth.local.SamplePlans;
import dev.berth.local.azure.LocalAzure;
import dev.berth.local.process.LogOutput;
import dev.berth.local.process.Ports;
import dev.berth.local.process.Progress;
import dev.berth.local.process.Texts;
import dev.berth.local.process.Watchdog;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run on this machine: the parts, and where Maven runs Berth beside them, the sample tenants
 * and a summary.
 */
final class LocalRun {
  private final RunFolder folder;
  private final Progress progress;
  private final BerthProcess berth;

  private LocalRun(RunFolder folder, Progress progress, ProcessHandle maven) {
    this.folder = folder;
    this.progress = progress;
    this.berth = new BerthProcess(maven, folder.run("berth.pids"));
  }

  /**
   * With the pid of Maven: beside {@code quarkus:dev}. Without: the parts alone, in the foreground.
   */
  public static void main(String[] args) {
    LogOutput.quiet();
    Progress progress = Progress.toConsole();
    try {
      Optional<ProcessHandle> maven =
          args.length > 0
              ? ProcessHandle.of(Long.parseLong(args[0]))
              : ProcessHandle.current().parent();
      new LocalRun(RunFolder.ofThisClone(), progress, maven.orElseThrow()).run(args.length > 0);
    } catch (Exception | LinkageError e) { // parts that run would keep this process
      progress.say("cannot start: " + e.getMessage());
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        progress.say("because of " + cause);
      }
      System.exit(1);
    }
    System.exit(0);
  }

  private void run(boolean withBerth) throws Exception {
    FileLock lock = folder.lock();
    folder.forgetLastRun();
    berth.endLeftOver();
    if (Boolean.getBoolean("berth.fresh")) {
      LocalParts.endLeftOver(folder);
      folder.deleteData();
    }
    LocalParts parts = LocalParts.start(folder, LocalAzure.isAskedFor(), progress);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(parts, lock)));
    Watchdog.overFile(folder.localEnv());
    folder.writeCommands();
    SamplePlans.writeTo(folder.plans());
    if (withBerth) {
      besideBerth(parts);
    } else {
      alone(parts);
    }
    berth.awaitMavenGone();
  }

  private void alone(LocalParts parts) {
    Texts.write(folder.localEnv(), RunFolder.lines(parts.environment(BerthAddress.DEFAULT)));
    if (!Ports.isFree(BerthAddress.DEFAULT.port())
        || !Ports.isFree(BerthAddress.DEFAULT.managementPort())) {
      progress.say(
          "Port 8080 or 9000 is taken: give replicas QUARKUS_HTTP_PORT and"
              + " QUARKUS_MANAGEMENT_PORT.");
    }
    Summary.ofParts(folder).forEach(progress::say);
  }

  private void besideBerth(LocalParts parts) throws IOException, InterruptedException {
    BerthAddress address = BerthAddress.free(Ports.rememberedIn(folder.run("")));
    Texts.write(folder.berthProperties(), RunFolder.lines(properties(parts, address)));
    BerthApi api = new BerthApi(address.url(), address.managementUrl());
    progress.say("The parts are up. Berth starts (about 20 s).");
    if (!berth.awaitReady(api, progress)) {
      return;
    }
    SampleTenants samples = new SampleTenants(api, progress);
    samples.sendMissing(parts.kafka().bootstrapServers());
    Optional<List<JsonNode>> tenants = samples.awaitSettled(berth::goesOn);
    if (tenants.isPresent()) {
      Map<String, String> environment = parts.environment(address);
      Texts.write(folder.localEnv(), RunFolder.lines(environment));
      Summary.ofRun(environment, tenants.get()).forEach(progress::say);
    }
  }

  private Map<String, String> properties(LocalParts parts, BerthAddress address) {
    Map<String, String> properties =
        new TreeMap<>(PartsResource.addresses(parts.postgres(), parts.kafka(), parts.cluster()));
    properties.put("berth.catalogue.directory", folder.plans().toString());
    if (parts.azure() != null) {
      properties.putAll(parts.azure().properties());
    }
    properties.put("config_ordinal", "275"); // above application.properties, below the environment
    properties.put("quarkus.http.host", "127.0.0.1");
    properties.put("quarkus.http.port", Integer.toString(address.port()));
    properties.put("quarkus.management.host", "127.0.0.1");
    properties.put("quarkus.management.port", Integer.toString(address.managementPort()));
    return properties;
  }

  private void end(LocalParts parts, FileLock lock) {
    folder.forgetLastRun();
    berth.awaitGone();
    parts.close();
    try {
      lock.channel().close();
    } catch (IOException released) {
      // The system releases it with this process.
    }
  }
}
