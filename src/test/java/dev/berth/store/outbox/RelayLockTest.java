package dev.berth.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class RelayLockTest {

  @Inject RelayLock relays;
  @Inject DataSource dataSource;

  @Test
  void oneRelayAtATimeForEachCluster() throws Exception {
    try (RelaySession first = relays.tryAcquire("local").orElseThrow()) {
      first.ping();
      assertThat(relays.tryAcquire("local")).isEmpty();
      try (RelaySession other = relays.tryAcquire("another").orElseThrow()) {
        other.ping();
      }
    }
    await().until(this::theLockIsFree);
  }

  @Test
  void aFrozenRelayLosesTheLockAndLearnsIt() throws Exception {
    RelaySession frozen = relays.tryAcquire("local").orElseThrow();
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> frozen.published(List.of())).isInstanceOf(RelayLostException.class);
    assertThatThrownBy(frozen::ping).isInstanceOf(RelayLostException.class);
    frozen.close();
  }

  @Test
  void aRelayThatIsHeardOfKeepsTheLock() throws Exception {
    try (RelaySession relay = relays.tryAcquire("local").orElseThrow()) {
      await()
          .during(Duration.ofMillis(1500))
          .pollInterval(Duration.ofMillis(200))
          .untilAsserted(() -> {
            relay.ping();
            assertThat(relays.tryAcquire("local")).isEmpty();
          });
    }
  }

  @Test
  void aRelayWhoseBackendEndsLosesTheLock() throws Exception {
    RelaySession relay = relays.tryAcquire("local").orElseThrow();
    Sql.one(
        dataSource,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'berth-relay'");
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> relay.pending(1, List.of())).isInstanceOf(RelayLostException.class);
  }

  private boolean theLockIsFree() throws SQLException {
    return Sql.one(
            dataSource,
            """
            SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
             WHERE locktype = 'advisory' AND datname = current_database()
            """)
        .equals("0");
  }
}
