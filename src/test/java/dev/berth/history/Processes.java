package dev.berth.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.plot.Trouble;
import dev.berth.local.run.BerthApi.Answered;
import dev.berth.local.run.BerthApi.Wanted;
import dev.berth.local.run.PackagedBerth;
import dev.berth.local.run.Replica;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Two replicas behind connections that can fail, and the troubles that lie there. */
final class Processes implements AutoCloseable {
  private static final Duration LEASE = Pace.slowed(Duration.ofSeconds(10));
  private static final Duration AFTERMATH = Pace.slowed(Duration.ofSeconds(4));

  /** Silence is an error after 90 s. */
  private static final Duration SILENCE = Duration.ofSeconds(100);

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Pattern SERVER = Pattern.compile("server: (\\S+)");

  private final PackagedBerth berth;
  private final Ledger ledger;
  private final Clock clock;
  private final SwallowingProxy database;
  private final List<SwallowingProxy> apis = new ArrayList<>();
  private final List<Replica> replicas = new ArrayList<>();
  private @Nullable Connection locker;
  private int kills;

  Processes(
      PackagedBerth berth, Path folder, Map<String, String> settings, Ledger ledger, Clock clock) {
    this.berth = berth;
    this.ledger = ledger;
    this.clock = clock;
    this.database = new SwallowingProxy(berth.postgres().port());
    for (int i = 0; i < 2; i++) {
      replicas.add(replica(folder.resolve("kubeconfig-" + i), settings, i));
    }
  }

  private Replica replica(Path kubeconfig, Map<String, String> settings, int number) {
    Map<String, String> own = new HashMap<>(settings);
    own.put("BERTH_KUBECONFIG", throughProxy(kubeconfig).toString());
    own.put(
        "DATABASE_URL",
        berth
            .postgres()
            .databaseUrl()
            .replace(":" + berth.postgres().port() + "/", ":" + database.port() + "/"));
    own.put("KAFKA_GROUP_INSTANCE_ID", "history-" + number);
    own.put("BERTH_WORK_LEASE", LEASE.toSeconds() + "s");
    own.put("BERTH_WORK_LEASE_MARGIN", "2s");
    return berth.replica(own);
  }

  private Path throughProxy(Path kubeconfig) {
    try {
      String own = Files.readString(berth.cluster().berthKubeconfig());
      Matcher server = SERVER.matcher(own);
      if (!server.find()) {
        throw new IllegalStateException("no server in " + berth.cluster().berthKubeconfig());
      }
      SwallowingProxy api = new SwallowingProxy(URI.create(server.group(1)).getPort());
      apis.add(api);
      return Files.writeString(
          kubeconfig.toAbsolutePath(),
          own.replace(server.group(1), "https://127.0.0.1:" + api.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void start() {
    // One after the other: the first one makes the tables.
    replicas.forEach(replica -> {
      replica.start();
      replica.awaitReady();
    });
  }

  /**
   * By one of the replicas that are ready.
   *
   * @param turn another one, another replica
   * @return empty = none is, so nothing was asked
   * @throws IOException if there is no answer: it may have been done
   */
  Optional<Answered> act(String tenant, Wanted wanted, int turn) throws IOException {
    List<Replica> ready = replicas.stream().filter(Replica::isReady).toList();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(ready.get(turn % ready.size()).act(tenant, wanted));
  }

  /** Empty = nobody says. */
  Optional<JsonNode> actionsOf(String tenant) {
    for (Replica replica : replicas) {
      try {
        Answered answered = replica.actionsOf(tenant);
        if (answered.status() == 200) {
          return Optional.of(answered.body());
        } else if (answered.status() == 404) {
          return Optional.of(MissingNode.getInstance());
        }
      } catch (IOException unanswered) {
        continue;
      }
    }
    return Optional.empty();
  }

  int kills() {
    return kills;
  }

  void begin(Trouble trouble) {
    Instant at = clock.instant();
    Duration planned = Pace.slowed(trouble.until().minus(trouble.from()));
    switch (trouble.kind()) {
      case REPLICA_KILLED -> {
        kills++;
        ledger.excuses(at, at.plus(LEASE).plus(AFTERMATH));
        replicas.get(trouble.pick() % 2).kill();
      }
      case HALF_OPEN -> {
        ledger.excuses(at, at.plus(SILENCE));
        for (int i = 0; i < apis.size(); i++) {
          if (trouble.pick() >= 2 || trouble.pick() == i) {
            apis.get(i).swallow();
          }
        }
      }
      case DATABASE_REFUSES -> {
        ledger.excuses(at, at.plus(planned).plus(AFTERMATH));
        database.refuse();
      }
      case DATABASE_FROZEN -> {
        ledger.excuses(at, at.plus(planned).plus(AFTERMATH));
        berth.postgres().freeze();
      }
      case DATABASE_LOCKED -> {
        ledger.excuses(at, at.plus(planned).plus(AFTERMATH));
        lock();
      }
      default -> throw new IllegalArgumentException(trouble.toString());
    }
  }

  void end(Trouble trouble) {
    Instant at = clock.instant();
    switch (trouble.kind()) {
      case REPLICA_KILLED -> replicas.get(trouble.pick() % 2).start();
      case HALF_OPEN -> {}
      case DATABASE_REFUSES -> database.serve();
      case DATABASE_FROZEN -> berth.postgres().thaw();
      case DATABASE_LOCKED -> unlock();
      default -> throw new IllegalArgumentException(trouble.toString());
    }
    if (trouble.kind() != Trouble.Kind.HALF_OPEN) {
      ledger.excuses(at, at.plus(AFTERMATH));
    }
  }

  /**
   * A replica that was started while the database was away has ended; a cluster starts it again.
   */
  void allRun() {
    for (Replica replica : replicas) {
      for (int attempt = 0; !replica.isReady(); attempt++) {
        try {
          replica.awaitReady();
        } catch (RuntimeException ended) {
          if (attempt == 3) {
            throw ended;
          }
          replica.close();
          replica.start();
        }
      }
    }
  }

  @Override
  public void close() {
    unlock();
    database.close();
    apis.forEach(SwallowingProxy::close);
  }

  /** Where others hold the table for long, they go on: to wait for it keeps everybody out too. */
  private void lock() {
    try {
      locker = berth.postgres().dataSource().getConnection();
      locker.setAutoCommit(false);
      try (Statement statement = locker.createStatement()) {
        statement.execute("SET lock_timeout = '5s'");
        statement.execute("LOCK TABLE tenant IN ACCESS EXCLUSIVE MODE");
      }
    } catch (SQLException e) {
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void unlock() {
    try {
      if (locker != null) {
        locker.close();
        locker = null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
