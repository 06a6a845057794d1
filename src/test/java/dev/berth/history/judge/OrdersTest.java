package dev.berth.history.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.history.judge.evidence.Journal;
import dev.berth.history.judge.evidence.Journal.Answer;
import dev.berth.history.judge.evidence.Journal.Order;
import dev.berth.history.judge.evidence.Journal.Repeat;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Sight.Pod;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Watchlist;
import dev.berth.history.judge.evidence.Wish;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators order is judged by what the contract says of it. */
class OrdersTest {
  private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
  private static final String HOME = "kata-vm-isolation";
  private static final String OTHER = "kata-narrow";
  private static final Entry OWNER = new Entry("berth-owner", "berth-tenant-admin", "ann");
  private static final Map<String, Terms> TERMS =
      Map.of("strict", new Terms(true, true, false, List.of("")));

  private final Ledger ledger = new Ledger();
  private final Journal journal = ledger.journal();
  private final List<Violation> violations = new ArrayList<>();
  private final Promises promises =
      new Promises(ledger, TERMS, Duration.ofSeconds(10), new Watchlist(ledger), violations::add);
  private final PodPromises pods = new PodPromises(ledger, violations::add);
  private final KeptActions kept = new KeptActions(journal, Clock.systemUTC(), violations::add);
  private final Story story = new Story("t");
  private final Map<String, Story> stories = new HashMap<>(Map.of("t", story));
  private int seconds;
  private int keys;

  @BeforeEach
  void anOpenTenant() {
    story.wished(new Wish(at(), "e1", 1, false, "strict", Set.of("ann"), Set.of()));
    told("accepted", "UPDATING", "Applied");
    told("provisioned", "READY", "Applied");
  }

  @Test
  void whoIsInAFrozenTenantIsFoundUntilItIsLetGo() {
    taken("freeze", "");
    sees(9, place(HOME, Map.of(), OWNER));
    told("degraded", "DEGRADED", "AccessFrozen");
    sees(30, place(HOME, Map.of()));
    taken("unfreeze", "");
    told("provisioned", "READY", "Applied");
    sees(30, place(HOME, Map.of(), OWNER));
    assertThat(violations).isEmpty();
    taken("freeze", "");
    sees(15, place(HOME, Map.of(), OWNER));
    assertThat(rules()).containsExactly("OpenThoughFrozen");
  }

  @Test
  void aTenantThatAnOperatorMovesMayMoveAndOnlyThere() {
    sees(1, place(HOME, Map.of(), OWNER));
    refused("move", "kata-second", 409);
    taken("move", OTHER);
    sees(2, place(OTHER, Map.of(), OWNER));
    assertThat(violations).isEmpty();
    sees(1, place("kata-second", Map.of(), OWNER));
    assertThat(rules()).containsExactly("Moved");
  }

  @Test
  void aPodOfAClassThatNobodyGaveTheTenantIsFound() {
    sees(10, place(HOME, Map.of("a", pod(HOME)), OWNER));
    taken("move", OTHER);
    sees(2, place(HOME, Map.of("a", pod(HOME), "b", pod(OTHER)), OWNER));
    assertThat(violations).isEmpty();
    sees(1, place(HOME, Map.of("c", pod("runc")), OWNER));
    assertThat(rules()).containsExactly("PodOutside");
  }

  @Test
  void aPodThatCameInWhileAPolicyWasLostIsNotBlamedOnTheMove() {
    sees(10, place(HOME, Map.of(), OWNER));
    Place with = place(HOME, Map.of("c", pod("runc")), OWNER);
    pods.look(
        new Sight(at(), Map.of(with.name(), with), Set.of("policies/berth-sandbox"), Map.of()),
        stories);
    assertThat(violations).isEmpty();
  }

  @Test
  void aPodThatIsEndedWhileTheTenantIsFrozenIsFound() {
    sees(3, place(HOME, Map.of("a", pod(HOME), "b", pod(HOME)), OWNER));
    taken("freeze", "");
    sees(1, place(HOME, Map.of("a", pod(HOME))));
    told("degraded", "DEGRADED", "AccessFrozen");
    sees(3, place(HOME, Map.of("a", pod(HOME))));
    assertThat(violations).as("what was under way").isEmpty();
    sees(7, place(HOME, Map.of()));
    assertThat(rules()).containsExactly("EndedThoughFrozen");
  }

  @Test
  void aPodThatIsEndedBecauseItsTenantLeavesIsNotFrozenAnyMore() {
    taken("freeze", "");
    told("degraded", "DEGRADED", "AccessFrozen");
    sees(3, place(HOME, Map.of("a", pod(HOME))));
    sees(2, place(HOME, Map.of()));
    story.wished(new Wish(at(), "e2", 2, true, "", Set.of(), Set.of()));
    sees(9, place(HOME, Map.of()));
    assertThat(violations).isEmpty();
  }

  @Test
  void aPodThatIsEndedOnceTheTenantIsLetGoIsNot() {
    taken("freeze", "");
    told("degraded", "DEGRADED", "AccessFrozen");
    sees(3, place(HOME, Map.of("a", pod(HOME))));
    journal.asks("t", order("unfreeze", ""));
    sees(1, place(HOME, Map.of()));
    assertThat(violations).isEmpty();
  }

  @Test
  void aMovedTenantRestsInItsClassWithoutAPodOfAnother() {
    taken("move", OTHER);
    assertThat(unsettled(place(HOME, Map.of(), OWNER))).contains("was moved to kata-narrow");
    assertThat(unsettled(place(OTHER, Map.of("a", pod(HOME)), OWNER))).contains("a pod outside");
    assertThat(unsettled(place(OTHER, Map.of("a", pod(OTHER)), OWNER))).isEmpty();
    story.wished(new Wish(at(), "e2", 2, false, "other", Set.of("ann"), Set.of()));
    assertThat(unsettled(place(HOME, Map.of(), OWNER))).as("another plan").isEmpty();
  }

  @Test
  void anActionIsOverAtRestAndFailsOnlyByWhatCameAfterIt() {
    Place home = place(HOME, Map.of(), OWNER);
    assertThat(unsettled(home, action("retry", "PENDING"))).contains("PENDING");
    assertThat(unsettled(home, action("move", "PENDING"))).contains("PENDING");
    assertThat(unsettled(home, action("look", "FAILED"))).contains("FAILED");
    assertThat(unsettled(home, action("freeze", "FAILED"))).contains("FAILED");
    assertThat(unsettled(home, action("freeze", "DONE"))).isEmpty();
    JsonNode freeze = action("freeze", "FAILED");
    taken("unfreeze", "");
    assertThat(unsettled(home, freeze)).isEmpty();
    told("degraded", "DEGRADED", "Applied");
    assertThat(unsettled(home, action("move", "PENDING"))).as("held back").isEmpty();
  }

  @Test
  void whoWasWithdrawnIsNotReadyUntilARetry() {
    taken("withdraw", "");
    assertThat(unsettled(place(HOME, Map.of(), OWNER))).contains("withdrew");
    taken("retry", "");
    assertThat(unsettled(place(HOME, Map.of(), OWNER))).isEmpty();
  }

  @Test
  void anActionIsKeptOnceAndARefusedOneIsNot() {
    JsonNode look = action("look", "DONE");
    kept.look("t", List.of(look));
    assertThat(violations).isEmpty();
    kept.look("t", List.of(look, look));
    assertThat(rules()).containsExactly("KeptTwice");
    kept.look("t", List.of());
    assertThat(rules()).contains("TakenAndNotKept");
    refused("freeze", "", 409);
    kept.look("t", List.of(look, kept("freeze", "k" + keys, "PENDING")));
    assertThat(rules()).contains("RefusedAndKept");
  }

  @Test
  void aKeyIsOneActionAndNoOtherCall() {
    JsonNode look = action("look", "DONE");
    journal.repeated("t", "k" + keys, new Repeat(true, new Answer(202, look)));
    kept.look("t", List.of(look));
    assertThat(violations).isEmpty();
    journal.repeated("t", "k" + keys, new Repeat(false, new Answer(202, look)));
    kept.look("t", List.of(look));
    assertThat(rules()).containsExactly("RepeatIsAnother");
  }

  @Test
  void whoCannotBeProvenBecausePodsTakeTheWholeQuotaIsAtRest() {
    told("provisioning-failed", "FAILED", "Applied");
    ObjectNode data = (ObjectNode) story.last().orElseThrow().data();
    data.put("reason", "ProofInconclusive").put("message", "exceeded quota: berth");
    Rest rest = new Rest(ledger, TERMS);
    assertThat(rest.unsettled(sight(place(HOME, Map.of(), OWNER)), stories)).containsKey("t");
    assertThat(rest.unsettled(sight(place(HOME, Map.of("a", pod(HOME)), OWNER)), stories))
        .isEmpty();
  }

  private String unsettled(Place place, JsonNode... actions) {
    return new OrdersAtRest(ledger, TERMS)
        .unsettled(story, List.of(actions), List.of(place), sight(place))
        .orElse("");
  }

  private List<String> rules() {
    return violations.stream().map(Violation::rule).distinct().toList();
  }

  private Instant at() {
    return START.plusSeconds(seconds);
  }

  private void sees(int times, Place place) {
    for (int time = 0; time < times; time++) {
      seconds++;
      promises.look(sight(place), stories);
      pods.look(sight(place), stories);
    }
  }

  private Sight sight(Place place) {
    return new Sight(
        at(),
        Map.of(place.name(), place),
        Set.of(),
        Map.of(HOME, "kata", OTHER, "kata", "kata-second", "kata"));
  }

  private static Place place(String runtimeClass, Map<String, Pod> pods, Entry... entries) {
    Map<String, String> labels =
        Map.of("berth.dev/isolation", "sandboxed", "berth.dev/runtime-class", runtimeClass);
    return new Place("tenant-t", "uid", false, labels, List.of(entries), List.of(), pods);
  }

  private static Pod pod(String runtimeClass) {
    return new Pod("p", runtimeClass, false);
  }

  private Order order(String kind, String to) {
    return new Order("k" + ++keys, kind, to, false, null, null);
  }

  private JsonNode action(String kind, String state) {
    taken(kind, kind.equals("move") ? HOME : "");
    return kept(kind, "k" + keys, state);
  }

  private static JsonNode kept(String kind, String key, String state) {
    ObjectNode action = JsonNodeFactory.instance.objectNode();
    action.put("id", "id-" + key).put("kind", kind).put("why", key).put("state", state);
    action.put("tenantId", "t").putObject("before").put("incarnation", 1).put("generation", 1);
    return action;
  }

  private void taken(String kind, String to) {
    journal.asks("t", order(kind, to));
    journal.answered("t", "k" + keys, new Answer(202, kept(kind, "k" + keys, "PENDING")));
  }

  private void refused(String kind, String to, int status) {
    journal.asks("t", order(kind, to));
    JsonNode problem = JsonNodeFactory.instance.objectNode();
    journal.answered("t", "k" + keys, new Answer(status, problem));
  }

  private void told(String step, String phase, String access) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("phase", phase).put("plan", "strict@1").put("reason", phase);
    data.put("generation", 1).put("observedGeneration", 1).put("incarnation", 1);
    data.putArray("namespaces").addObject().put("namespace", "tenant-t");
    data.putArray("conditions")
        .addObject()
        .put("type", "AccessReady")
        .put("status", access.equals("Applied") ? "True" : "False")
        .put("reason", access);
    Told told = new Told(at(), step, "dev.berth.tenant." + step + ".v1", "e", data);
    story.told(told);
    story.stands(told);
  }
}
