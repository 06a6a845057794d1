package dev.berth.api.live;

import dev.berth.api.live.Follower.LatestStep;
import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.store.outbox.OutboxTail;
import dev.berth.store.outbox.OutboxTail.Followed;
import dev.berth.store.outbox.OutboxTail.Step;
import dev.berth.store.search.Standings.Reached;
import dev.berth.tenant.Tenant;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Those who follow tenants, each one of them. */
@ApplicationScoped
class Followers {

  private final OutboxTail tail;
  private final String topic;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();

  Followers(OutboxTail tail, ProvisioningConfig config) {
    this.tail = tail;
    this.topic = config.topics().lifecycle();
  }

  LatestStep latest(Tenant tenant) {
    long number = tenant.status().sequence();
    return new LatestStep(number, tail.latest(topic, tenant.id().value()).orElse(number));
  }

  Multi<LiveEvent> events(Follower follower) {
    return follower.events(() -> followers.add(follower), () -> followers.remove(follower));
  }

  int count() {
    return followers.size();
  }

  List<String> tenants() {
    return followers.stream().map(Follower::tenant).toList();
  }

  /** Fetches only for those who are behind and read. */
  void tell(Map<String, Reached> now) {
    List<Follower> behind =
        followers.stream().filter(Follower::isReading).filter(it -> isBehind(it, now)).toList();
    if (behind.isEmpty()) {
      return;
    }
    Set<Followed> seen = behind.stream().map(Follower::seen).collect(Collectors.toSet());
    Map<Followed, List<Step>> news = tail.after(topic, seen, Follower.BATCH);
    behind.forEach(it -> it.take(news.getOrDefault(it.seen(), List.of())));
  }

  private static boolean isBehind(Follower follower, Map<String, Reached> now) {
    Reached standing = now.get(follower.tenant());
    return standing != null && standing.sequence() > follower.seen().sequence();
  }
}
