package dev.berth.kubernetes.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.kubernetes.server.Live;
import dev.berth.plan.capacity.Room;
import dev.berth.plan.capacity.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** L1: what quotas tell of what runs, and when they free room. */
class QuotaCopyTest {

  private static final long GIBI = 1L << 30;

  private final List<String> freed = new ArrayList<>();
  private final QuotaCopy copy = new QuotaCopy(news -> freed.add(news.namespace()));

  @Test
  void whatIsEnforcedAndWhatIsUsedIsKnown() {
    copy.take(
        quota(1, "{'requests.memory': '4Gi', 'requests.cpu': '1500m', 'pods': '4'}", used(2)));

    assertThat(copy.of("tenant-a"))
        .contains(new Usage(new Room(4 * GIBI, 1500, 4), new Room(2 * GIBI, 500, 2)));
    assertThat(copy.of("tenant-b")).isEmpty();
  }

  @Test
  void aQuotaThatDoesNotCountEverythingTellsNothing() {
    copy.take(quota(1, hard(4), used(4)));
    copy.take(quota(2, "{'pods': '0'}", "{'pods': '4'}"));

    assertThat(copy.of("tenant-a")).isEmpty();
    assertThat(freed).isEmpty();
  }

  @Test
  void roomIsFreedWhereNeitherPodsNorTheQuotaTakeIt() {
    copy.take(quota(1, hard(4), used(4)));
    copy.take(quota(2, hard(1), used(4)));
    assertThat(freed).as("its pods still run").isEmpty();

    copy.take(quota(3, hard(1), used(2)));
    assertThat(freed).containsExactly("tenant-a");
    copy.take(quota(4, hard(1), used(1)));
    copy.take(quota(5, hard(1), used(0)));
    assertThat(freed).as("it may start one again").hasSize(2);
  }

  @Test
  void aNewQuotaFreesNothing() {
    copy.take(quota(1, "{}", "{}"));
    copy.take(quota(2, hard(4), used(0)));
    copy.take(quota(3, hard(4), used(4)));
    copy.take(quota(4, hard(4), used(0)));

    assertThat(freed).isEmpty();
  }

  @Test
  void whatIsOlderTellsNothing() {
    copy.take(quota(7, hard(4), used(4)));
    copy.take(quota(6, hard(1), used(1)));

    assertThat(copy.of("tenant-a")).map(Usage::reach).map(Room::sandboxes).contains(4L);
    assertThat(freed).isEmpty();
  }

  /** What was read meanwhile must not hide the news that the watch brings. */
  @Test
  void whatWasReadRaisesOnly() {
    copy.take(quota(1, hard(4), used(4)));
    copy.raise(quota(2, hard(1), used(0)));
    assertThat(copy.of("tenant-a")).map(Usage::reach).map(Room::sandboxes).contains(4L);
    copy.take(quota(2, hard(1), used(0)));
    assertThat(freed).hasSize(1);

    copy.raise(quota(3, hard(6), used(0)));
    assertThat(copy.of("tenant-a")).map(Usage::reach).map(Room::sandboxes).contains(6L);
  }

  @Test
  void newsThatCannotBeDeliveredIsDeliveredAgain() {
    List<String> delivered = new ArrayList<>();
    QuotaCopy failing =
        new QuotaCopy(news -> {
          delivered.add(news.namespace());
          if (delivered.size() == 1) {
            throw new IllegalStateException("the database is away");
          }
        });
    failing.take(quota(1, hard(4), used(0)));
    assertThatThrownBy(() -> failing.take(quota(2, hard(1), used(0))))
        .hasMessage("the database is away");

    failing.take(quota(2, hard(1), used(0)));

    assertThat(delivered).hasSize(2);
  }

  @Test
  void ofQuotasThatAreGoneNothingIsKnown() {
    Live one = quota(1, hard(4), used(0));
    copy.take(one);
    copy.forget(one);
    assertThat(copy.of("tenant-a")).isEmpty();
    copy.take(one);
    copy.keepOnly(Set.of("tenant-b"));
    assertThat(copy.of("tenant-a")).isEmpty();
  }

  private static String hard(int pods) {
    return amounts(pods);
  }

  private static String used(int pods) {
    return amounts(pods);
  }

  private static String amounts(int pods) {
    return "{'requests.memory': '%dGi', 'requests.cpu': '%dm', 'pods': '%d'}"
        .formatted(pods, pods * 250, pods);
  }

  private static Live quota(long version, String hard, String used) {
    String json =
        "{'metadata': {'name': 'berth', 'namespace': 'tenant-a', 'resourceVersion': '%d'}, 'status': {'hard': %s, 'used': %s}}"
            .formatted(version, hard, used);
    try {
      return new Live(new ObjectMapper().readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
