package dev.berth.catalogue;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.catalogue.document.PlanError;
import dev.berth.plan.Plan;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogueReaderTest {

  private static final String TEAM =
      """
      name: team
      version: 2
      isolation: sandboxed
      priority: 50
      namespaces: [{name: app, share: 75%}, {name: jobs, share: 25%}]
      sandbox: {memory: 512Mi, cpu: 500m, count: {default: 20, min: 2, max: 100}}
      storage: {capacity: 100Gi, claims: 10, ephemeral: 200Gi, classes: [fast]}
      objects: {deployments: 50, jobs: 200, configMaps: 100, secrets: 100, services: 20, loadBalancers: 1, leases: 7}
      resources: {nvidia.com/gpu: 2, hugepages-2Mi: 1Gi}
      priorityClasses: [batch, important]
      terminationGrace: 1h
      imagePull: Any
      services: {annotations: [example.com/pool], fields: [loadBalancerClass]}
      network: {egress: internet, dns: true, betweenNamespaces: true, ingress: [{kubernetes.io/metadata.name: ingress}], requireEngine: true}
      podSecurity: restricted
      access: {owner: berth-tenant-admin, viewer: berth-tenant-viewer, ephemeralContainers: false}
      metadata: {labels: {example.com/tier: gold}, annotations: {}}
      onGuaranteeLost: close
      onNamespaceLost: block
      offboarding: {grace: 7d, deletion: Delete}
      nodePool: {vmSize: Standard_D8s_v5, min: 1, max: 5}
      """;

  @Test
  void everyFieldOfAPlanIsRead() {
    Plan plan = Plans.parse(TEAM);

    assertThat(plan)
        .isEqualTo(
            new Plan(
                new PlanVersion("team", 2),
                Plan.Isolation.SANDBOXED,
                50,
                List.of(new Plan.PlanNamespace("app", 75), new Plan.PlanNamespace("jobs", 25)),
                new Plan.Amounts(
                    new Plan.Sandbox(512L << 20, 500, new Plan.Count(20, 2, 100)),
                    new Plan.Storage(100L << 30, 10, 200L << 30, List.of("fast")),
                    Map.of(
                        "deployments", 50,
                        "jobs", 200,
                        "configMaps", 100,
                        "secrets", 100,
                        "services", 20,
                        "loadBalancers", 1,
                        "leases", 7),
                    Map.of("nvidia.com/gpu", 2L, "hugepages-2Mi", 1L << 30)),
                rules(),
                new Plan.Lifecycle(
                    Plan.GuaranteeLost.CLOSE,
                    Plan.NamespaceLost.BLOCK,
                    new Plan.Offboarding(Duration.ofDays(7), Plan.Deletion.DELETE),
                    new Plan.PoolTerms("Standard_D8s_v5", 1, 5))));
  }

  private static Plan.Rules rules() {
    return new Plan.Rules(
        new Plan.Network(
            new Plan.Egress.Internet(),
            true,
            true,
            List.of(Map.of("kubernetes.io/metadata.name", "ingress")),
            true),
        new Plan.Pods(
            List.of("batch", "important"),
            Duration.ofHours(1),
            Plan.ImagePull.ANY,
            Plan.PodSecurity.RESTRICTED),
        new Plan.Services(List.of("example.com/pool"), List.of("loadBalancerClass")),
        new Plan.Access("berth-tenant-admin", "berth-tenant-viewer", false),
        new Plan.Metadata(Map.of("example.com/tier", "gold"), Map.of()));
  }

  @Test
  void whatAPlanLeavesOutIsTheCautiousChoice() {
    Plan plan =
        Plans.parse(
            TEAM.lines()
                .filter(l ->
                    !l.matches(
                        "(access|metadata|onGuaranteeLost|onNamespaceLost|nodePool|priority|resources"
                            + "|priorityClasses|terminationGrace|imagePull|services):.*"))
                .map(l -> l.replaceAll(", (ephemeral: 200Gi, classes: .fast.|leases: 7)", ""))
                .collect(joining("\n")));

    assertThat(plan.access())
        .isEqualTo(new Plan.Access("berth-tenant-admin", "berth-tenant-viewer", false));
    assertThat(plan.onGuaranteeLost()).isEqualTo(Plan.GuaranteeLost.CLOSE);
    assertThat(plan.lifecycle().onNamespaceLost()).isEqualTo(Plan.NamespaceLost.BLOCK);
    assertThat(plan.lifecycle().nodePool()).isNull();
    assertThat(plan.priority()).isEqualTo(50);
    assertThat(plan.storage()).isEqualTo(new Plan.Storage(100L << 30, 10, null, List.of()));
    assertThat(plan.amounts().resources()).isEmpty();
    assertThat(plan.objects()).doesNotContainKey("leases");
    assertThat(plan.rules().services()).isEqualTo(new Plan.Services(List.of(), List.of()));
    assertThat(plan.rules().pods())
        .isEqualTo(
            new Plan.Pods(
                List.of(),
                Duration.ofMinutes(10),
                Plan.ImagePull.ALWAYS,
                Plan.PodSecurity.RESTRICTED));
  }

  @Test
  void imagesOfASharedPlanAreThoseOfTheNode() {
    String shared =
        TEAM.replace("isolation: sandboxed", "isolation: shared").replace("imagePull: Any\n", "");

    assertThat(Plans.parse(shared).rules().pods().imagePull()).isEqualTo(Plan.ImagePull.ANY);
  }

  @Test
  void aNameWithoutVersionIsTheNewestOne() {
    Catalogue catalogue = usable(TEAM, TEAM.replace("version: 2", "version: 10"));

    assertThat(catalogue.find(new PlanRef("team", null)).orElseThrow().id().version())
        .isEqualTo(10);
    assertThat(catalogue.find(new PlanRef("team", 2))).isPresent();
    assertThat(catalogue.find(new PlanRef("team", 3))).isEmpty();
    assertThat(catalogue.find(new PlanRef("other", null))).isEmpty();
    assertThat(catalogue.find(new PlanVersion("team", 10))).isPresent();
  }

  @Test
  void oneFileHoldsSeveralPlans() {
    Catalogue catalogue =
        usable("---\n" + TEAM + "---\n" + TEAM.replace("name: team", "name: other") + "---\n");

    assertThat(catalogue.releases()).hasSize(2);
  }

  @Test
  void theSameBodyTwiceIsOneReleaseWhateverItsLayout() {
    String relaid =
        "# comment\n"
            + TEAM.replace(
                "storage: {capacity: 100Gi, claims: 10, ephemeral: 200Gi, classes: [fast]}\n", "")
            + "storage:\n  claims: 10\n  capacity: '100Gi'\n  classes: [fast]\n  ephemeral: 200Gi\n";

    Catalogue catalogue = usable(TEAM, relaid);

    assertThat(catalogue.releases()).hasSize(1);
  }

  @Test
  void anotherBodyUnderAReleasedVersionIsRefused() {
    assertThat(errors(TEAM, TEAM.replace("claims: 10", "claims: 11")))
        .singleElement()
        .asString()
        .contains("plan.yaml:1: ", "team@2 is released with another body", "higher version");
  }

  @Test
  void aVersionReleasedEarlierKeepsItsBody() {
    Reading reading =
        new CatalogueReader(Set.of("example.com/"))
            .read(
                List.of(new PlanFile("plan.yaml", TEAM.getBytes(StandardCharsets.UTF_8))),
                Map.of(new PlanVersion("team", 2), "another hash"));

    assertThat(reading).isInstanceOf(Reading.Unusable.class);
  }

  private static Catalogue usable(String... documents) {
    return ((Reading.Usable) Plans.read(documents)).catalogue();
  }

  private static List<PlanError> errors(String... documents) {
    return ((Reading.Unusable) Plans.read(documents)).errors();
  }
}
