package dev.berth.store.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.berth.store.Sql;
import dev.berth.store.StoreAlone;
import dev.berth.store.StoreConfig;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@QuarkusTest
@Tag("application")
@TestProfile(StoreAlone.class)
class RelayLockTest {

  @Inject RelayLock relays;
  @Inject AgroalDataSource dataSource;

  /** Whose relays may be silent for two seconds only. */
  private RelayLock impatient;

  @BeforeEach
  void aLockOfLittlePatience() {
    StoreConfig config =
        new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(StoreConfig.class)
            .withDefaultValue("berth.store.relay-idle-timeout", "2s")
            .build()
            .getConfigMapping(StoreConfig.class);
    impatient = new RelayLock(dataSource, config);
  }

  @Test
  void oneRelayAtATimeForEachCluster() throws Exception {
    try (RelaySession first = acquired(relays)) {
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
    RelaySession frozen = acquired(impatient);
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> frozen.published(List.of())).isInstanceOf(RelayLostException.class);
    assertThatThrownBy(frozen::ping).isInstanceOf(RelayLostException.class);
    frozen.close();
  }

  /** For longer than it may be silent. It begins anew where this machine kept it silent so long. */
  @Test
  void aRelayThatIsHeardOfKeepsTheLock() {
    await()
        .ignoreExceptionsInstanceOf(RelayLostException.class)
        .untilAsserted(() -> {
          try (RelaySession relay = acquired(impatient)) {
            await()
                .during(Duration.ofSeconds(3))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> {
                  relay.ping();
                  assertThat(isFree()).isFalse();
                });
          }
        });
  }

  @Test
  void aRelayWhoseBackendEndsLosesTheLock() throws Exception {
    RelaySession relay = acquired(relays);
    Sql.one(
        dataSource,
        """
        SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
         WHERE locktype = 'advisory' AND datname = current_database()
        """);
    await().until(this::theLockIsFree);
    assertThatThrownBy(() -> relay.pending(1, List.of())).isInstanceOf(RelayLostException.class);
  }

  /** Once PostgreSQL has noticed that the holder before has gone. */
  static RelaySession acquired(RelayLock lock) {
    return await()
        .pollDelay(Duration.ZERO)
        .until(() -> lock.tryAcquire("local"), Optional::isPresent)
        .orElseThrow();
  }

  /** As another relay finds it. */
  private boolean isFree() {
    Optional<RelaySession> other = relays.tryAcquire("local");
    other.ifPresent(RelaySession::close);
    return other.isPresent();
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
