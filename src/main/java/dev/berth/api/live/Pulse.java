package dev.berth.api.live;

import dev.berth.store.Schema;
import dev.berth.store.search.Standings;
import dev.berth.store.search.Standings.Reached;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Looks once a second for all who wait and follow, and not at all where nobody does. */
@ApplicationScoped
class Pulse {

  private static final Logger LOG = Logger.getLogger(Pulse.class);

  private final Standings standings;
  private final PhaseWaits waiting;
  private final Followers followers;
  private final ChangeHints hints;

  Pulse(Standings standings, PhaseWaits waiting, Followers followers, ChangeHints hints) {
    this.standings = standings;
    this.waiting = waiting;
    this.followers = followers;
    this.hints = hints;
  }

  @Scheduled(
      every = "1s",
      delayed = "1s",
      skipExecutionIf = Schema.Unmigrated.class,
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void beat() {
    try {
      look();
      hints.look();
    } catch (RuntimeException e) {
      LOG.debugf("those who follow tenants wait for the next look: %s", e);
    } finally {
      waiting.expire();
    }
  }

  private void look() {
    Set<String> tenants = new TreeSet<>(waiting.tenants());
    tenants.addAll(followers.tenants());
    if (!tenants.isEmpty()) {
      Map<String, Reached> now = standings.of(tenants);
      waiting.tell(now);
      followers.tell(now);
    }
  }
}
