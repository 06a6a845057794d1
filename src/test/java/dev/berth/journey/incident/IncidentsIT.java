package dev.berth.journey.incident;

import static dev.berth.delivery.evidence.TenantEvent.created;
import static dev.berth.delivery.evidence.TenantEvent.offboardingRequested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.delivery.evidence.TenantEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each incident of docs/operate.md is brought about, and an operator who knows that page alone
 * finds cause, actor and remedy with at most two commands. The page has the table that was played:
 * {@code -Dgolden.update=true} writes it.
 */
class IncidentsIT {

  private static final Path PAGE = Path.of(System.getProperty("basedir", ""), "docs/operate.md");
  private static final Pattern WRITTEN =
      Pattern.compile("(<!-- written by IncidentsIT -->\n).*?(<!-- end -->\n)", Pattern.DOTALL);
  private static final String EXPLAIN = "berth explain ID";
  private static final String LIST = "berth quarantine list -o wide";
  private static final String DISCARD = "berth quarantine discard ID --why ...";

  @TempDir private Path folder;
  private IncidentStage stage;
  private Operator operator;

  @BeforeEach
  void berthRuns() throws IOException {
    stage = new IncidentStage(folder);
    operator = new Operator(stage.url());
  }

  @AfterEach
  void endThem() {
    stage.close();
  }

  @TestFactory
  Stream<DynamicTest> eachIsUnderstoodAndEndedAsThePageSays() {
    Map<String, Executable> stories = new LinkedHashMap<>();
    stories.put("a deletion begins, and two minutes later it is stuck", this::deletionBegins);
    stories.put("not ready, as its name is taken", this::nameIsTaken);
    stories.put("a plan has a typing error", this::planIsWrong);
    stories.put("a namespace was lost", this::namespaceIsLost);
    stories.put("an id is used twice", this::idIsUsedTwice);
    stories.put("a tenant must be out now", this::tenantMustBeOut);
    stories.put("the cluster is full", this::clusterIsFull);
    stories.put("somebody changes objects by hand", this::objectsAreChanged);
    stories.put("an event was refused", this::eventIsRefused);
    stories.put("what was changed is brought back", this::whatWasChangedIsBroughtBack);
    stories.put("deletion is stuck", this::deletionIsStuck);
    stories.put("the API server is slow or away", this::apiServerIsAway);
    stories.put("the page has what was played", this::thePageHasThem);
    return stories.entrySet().stream()
        .map(story -> DynamicTest.dynamicTest(story.getKey(), story.getValue()));
  }

  private void nameIsTaken() throws Exception {
    Incident incident = Incident.named("not ready, as its name is taken");
    stage.createsNamespace("tenant-taken");
    stage.sends(created("taken", "starter", 1));

    operator.seesInTheOverview("BLOCKED", "NameTaken", "PLATFORM_TEAM");
    operator.isTold(
        incident, EXPLAIN, "taken", "tenant-taken", "For the platform team: Remove or rename it");

    stage.deletesNamespace("tenant-taken");
    operator.does(incident, "berth look ID --why ...", "taken");
    stage.awaitPhase("taken", "READY");
  }

  private void deletionBegins() throws Exception {
    stage.sends(created("leaver", "starter", 1));
    stage.awaitPhase("leaver", "READY");
    stage.startsPodThatStays("leaver");
    stage.sends(offboardingRequested("leaver", 2));
  }

  private void deletionIsStuck() {
    Incident incident = Incident.named("deletion is stuck");
    operator.seesInTheOverview("BLOCKED", "DeletionBlocked", "PLATFORM_TEAM");
    operator.isTold(
        incident,
        EXPLAIN,
        "leaver",
        "example.com/backup",
        "For the platform team: Remove what holds it");

    stage.releasesPod("leaver");
    stage.awaitPhase("leaver", "OFFBOARDED");
  }

  private void planIsWrong() throws Exception {
    Incident incident = Incident.named("a plan has a typing error");
    String gold = IncidentStage.starter().replace("name: starter", "name: gold");
    stage.writesPlan("gold", gold.replace("256Mi", "lots"));
    stage.sends(created("golden", "gold", 1));

    operator.seesInTheOverview("FAULTY", "plans", "PLATFORM_TEAM");
    operator.seesInTheOverview("BLOCKED", "PlanUnknown", "PLATFORM_TEAM");
    operator.isTold(
        incident,
        "berth plans",
        "golden",
        "gold.yaml:8 /sandbox/memory: must be a quantity",
        "For the platform team: correct the file",
        "starter@1");

    stage.writesPlan("gold", gold);
    stage.awaitPhase("golden", "READY");
  }

  private void namespaceIsLost() throws Exception {
    Incident incident = Incident.named("a namespace was lost");
    stage.sends(created("lost", "starter", 1));
    stage.awaitPhase("lost", "READY");
    stage.deletesNamespace("tenant-lost");

    operator.seesInTheOverview("NamespaceLost", "CONTROL_PLANE_TEAM");
    operator.isTold(
        incident,
        EXPLAIN,
        "lost",
        "tenant-lost",
        "is gone", // before, it was on its way
        "For the control plane team: Find out who did it; then offboard the tenant and create it again.");

    stage.sends(offboardingRequested("lost", 2));
    stage.awaitPhase("lost", "OFFBOARDED");
    stage.sends(created("lost", "starter", 3));
    stage.awaitPhase("lost", "READY");
  }

  private void idIsUsedTwice() throws Exception {
    Incident incident = Incident.named("an id is used twice");
    TenantEvent first = created("twin", "starter", 1);
    stage.sends(first);
    stage.awaitPhase("twin", "READY");
    TenantEvent second = TenantEvent.updated("twin", "starter", 2);
    stage.sends(new TenantEvent(first.id(), "twin", second.type(), second.data()));

    operator.seesInTheOverview("QUARANTINE", "IdReuse", "CONTROL_PLANE_TEAM");
    operator.isTold(
        incident,
        "berth quarantine list --reason IdReuse -o wide",
        "twin",
        "CONTROL_PLANE_TEAM",
        first.id(),
        "/control-plane",
        "Give every event an id of its own");

    stage.sends(second);
    operator.does(incident, DISCARD, operator.record("IdReuse"));
  }

  private void tenantMustBeOut() throws Exception {
    Incident incident = Incident.named("a tenant must be out now");
    stage.sends(created("abused", "starter", 1));
    stage.awaitPhase("abused", "READY");
    operator.isTold(incident, "berth get ID", "abused", "abused", "READY");

    operator.does(incident, "berth freeze ID --why ...", "abused");

    operator.seesInTheOverview("AccessFrozen", "PLATFORM_TEAM");
    assertThat(stage.ownersOf("abused")).isNullOrEmpty();
    operator.does(incident, "berth unfreeze ID --why ...", "abused");
    stage.awaitPhase("abused", "READY");
    assertThat(stage.ownersOf("abused")).isNotEmpty();
  }

  private void clusterIsFull() throws Exception {
    Incident incident = Incident.named("the cluster is full");
    stage.limitsRoomTo(1);
    stage.sends(created("late", "starter", 1));
    operator.seesInTheOverview("WAITLISTED", "NoRoom", "PLATFORM_TEAM");
    stage.sends(created("mistake", "starter", 1));
    stage.awaitPhase("mistake", "WAITLISTED");

    operator.isTold(
        incident,
        "berth capacity",
        "late",
        "late is WAITLISTED",
        "memory is missing",
        "For the platform team: Add nodes");
    operator.does(incident, "berth withdraw ID --why ...", "mistake");
    stage.awaitPhase("mistake", "BLOCKED");
    stage.sends(offboardingRequested("mistake", 2));
    stage.awaitPhase("mistake", "OFFBOARDED");

    stage.givesRoomBack();
    stage.awaitPhase("late", "READY");
  }

  private void objectsAreChanged() throws Exception {
    Incident incident = Incident.named("somebody changes objects by hand");
    stage.sends(created("edited", "starter", 1));
    stage.awaitPhase("edited", "READY");
    stage.changesQuota("edited");
    stage.awaitQuotaBack("edited");
    operator.isTold(
        incident, "berth timeline ID", "edited", "drift-repaired", "ResourceQuota", "by-hand");

    for (int again = 2; again <= 6; again++) {
      stage.changesQuota("edited");
      stage.awaitQuotaBack("edited");
    }
    stage.changesQuota("edited");
    operator.seesInTheOverview("Contested", "PLATFORM_TEAM");
    operator.isTold(
        incident,
        EXPLAIN,
        "edited",
        "ResourceQuota",
        "by-hand",
        "For the platform team: Stop what writes there");
  }

  private void eventIsRefused() throws Exception {
    Incident incident = Incident.named("an event was refused");
    stage.sends(created("customer", "starter", 1).with("source", "/crm"));
    stage.sends(TenantEvent.of("unheard-of", "customer", "{}"));

    operator.seesInTheOverview("QUARANTINE", "SourceNotAllowed", "PLATFORM_TEAM");
    operator.seesInTheOverview("QUARANTINE", "UnknownType", "CONTROL_PLANE_TEAM");
    operator.isTold(
        incident,
        LIST,
        "customer",
        "/crm",
        "Name the source in berth.events.sources",
        "Use a type of the contract");

    stage.restartsWith("BERTH_EVENTS_SOURCES", "/control-plane,/crm");
    operator.turnsTo(stage.url());
    operator.does(
        incident, "berth quarantine replay ID --why ...", operator.record("SourceNotAllowed"));
    stage.awaitPhase("customer", "READY");
    operator.does(incident, DISCARD, operator.record("UnknownType"));
  }

  /** By the replica that was started since; one that has seen the changes waits ten minutes. */
  private void whatWasChangedIsBroughtBack() {
    stage.awaitQuotaBack("edited");
    stage.awaitPhase("edited", "READY");
  }

  private void apiServerIsAway() throws Exception {
    Incident incident = Incident.named("the API server is slow or away");
    stage.apiServer().swallowEverything();
    stage.sends(created("meanwhile", "starter", 1));

    operator.seesInTheOverview("DOWN", "kubernetes", "PLATFORM_TEAM");
    operator.isTold(incident, "berth status -o wide", "meanwhile", "waits for an answer to");

    stage.apiServer().mend();
    stage.awaitPhase("meanwhile", "READY");
  }

  private void thePageHasThem() throws IOException {
    operator.assertAllIsTried();
    String page = Incident.table() + operator.quotes();
    String written =
        WRITTEN
            .matcher(Files.readString(PAGE))
            .replaceFirst(
                it -> Matcher.quoteReplacement(it.group(1) + "\n" + page + "\n" + it.group(2)));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, written);
    }
    assertThat(Files.readString(PAGE)).as("-Dgolden.update=true writes it anew").isEqualTo(written);
  }
}
