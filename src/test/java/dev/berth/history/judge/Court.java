package dev.berth.history.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.history.judge.evidence.Ledger;
import dev.berth.history.judge.evidence.Sight;
import dev.berth.history.judge.evidence.Sight.Entry;
import dev.berth.history.judge.evidence.Sight.Place;
import dev.berth.history.judge.evidence.Story;
import dev.berth.history.judge.evidence.Terms;
import dev.berth.history.judge.evidence.Told;
import dev.berth.history.judge.evidence.Violation;
import dev.berth.history.judge.evidence.Watchlist;
import dev.berth.history.judge.evidence.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One tenant before the judge: what was told of it, and what is seen. */
abstract class Court {
  static final Instant START = Instant.parse("2026-11-29T00:00:00Z");
  static final String CLASS = "kata-vm-isolation";
  static final Entry OWNER = new Entry("berth-owner", "berth-tenant-admin", "ann");
  static final Entry FORMER = new Entry("berth-owner", "berth-tenant-admin", "bob");
  static final Place SHARED =
      new Place(
          "tenant-t",
          "uid",
          false,
          Map.of("berth.dev/isolation", "shared"),
          List.of(OWNER),
          List.of(),
          Map.of());
  static final Map<String, Terms> TERMS =
      Map.of(
          "strict", new Terms(true, true, false, List.of("")),
          "patient", new Terms(true, false, false, List.of("")),
          "open", new Terms(false, false, false, List.of("")));

  final Ledger ledger = new Ledger();
  final Watchlist watchlist = new Watchlist(ledger);
  final List<Violation> violations = new ArrayList<>();
  final Promises promises =
      new Promises(ledger, TERMS, Duration.ofSeconds(10), watchlist, violations::add);
  final Map<String, Story> stories = new HashMap<>();
  Set<String> lost = Set.of();
  String handler = "kata";

  Map<String, String> unsettled(Entry... entries) {
    return new Rest(ledger, TERMS).unsettled(sight(place(List.of(), CLASS, entries)), stories);
  }

  List<String> rules() {
    return violations.stream().map(Violation::rule).distinct().toList();
  }

  int seconds;

  Instant at(int second) {
    return START.plusSeconds(second);
  }

  void sees(int times, Entry... entries) {
    for (int time = 0; time < times; time++) {
      sees(place(List.of(), CLASS, entries));
    }
  }

  void sees(Place place) {
    seconds++;
    promises.look(sight(place), stories);
  }

  Sight sight(Place place) {
    return new Sight(
        at(seconds),
        Map.of(place.name(), place),
        lost,
        Map.of(CLASS, handler, "kata-second", "kata"));
  }

  static Place place(List<String> missing, String runtimeClass, Entry... entries) {
    Map<String, String> labels =
        Map.of("berth.dev/isolation", "sandboxed", "berth.dev/runtime-class", runtimeClass);
    return new Place("tenant-t", "uid", false, labels, List.of(entries), missing, Map.of());
  }

  void applied(String plan, long generation, String owner) {
    Story story = stories.computeIfAbsent("t", Story::new);
    story.wished(
        new Wish(at(seconds), "e" + generation, generation, false, plan, Set.of(owner), Set.of()));
    told("accepted", "UPDATING", plan, generation, false);
    told("provisioned", "READY", plan, generation, false);
  }

  void told(String step, String phase, String plan, long generation, boolean closed) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("phase", phase).put("plan", plan + "@1").put("reason", phase);
    data.put("generation", generation).put("observedGeneration", generation).put("incarnation", 1);
    data.putArray("namespaces").addObject().put("namespace", "tenant-t");
    data.putArray("conditions")
        .addObject()
        .put("type", "AccessReady")
        .put("status", closed ? "False" : "True")
        .put("reason", closed ? "AccessClosed" : "Applied");
    Told told = new Told(at(seconds), step, "dev.berth.tenant." + step + ".v1", "e", data);
    Story story = stories.computeIfAbsent("t", Story::new);
    story.told(told);
    story.stands(told);
  }
}
