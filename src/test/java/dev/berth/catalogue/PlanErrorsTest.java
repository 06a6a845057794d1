package dev.berth.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.catalogue.CatalogueReader.Reading;
import dev.berth.catalogue.document.PlanError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake in a plan is told with its line and its field, and all of a file at once. */
class PlanErrorsTest {

  private static final String TEAM =
      """
      name: team
      version: 2
      isolation: sandboxed
      priority: 50
      namespaces:
      - {name: app, share: 75%}
      - {name: jobs, share: 25%}
      sandbox:
        memory: 512Mi
        cpu: 500m
        count: {default: 20, min: 2, max: 100}
      storage: {capacity: 100Gi, claims: 10}
      objects: {deployments: 50, jobs: 200, configMaps: 100, secrets: 100, services: 20, loadBalancers: 1}
      network:
        egress: [10.20.0.0/16]
        dns: true
        betweenNamespaces: true
        ingress: [{kubernetes.io/metadata.name: ingress}]
        requireEngine: true
      podSecurity: restricted
      access: {owner: berth-tenant-admin, viewer: berth-tenant-viewer}
      metadata: {labels: {example.com/tier: gold}, annotations: {example.com/a: b}}
      onGuaranteeLost: close
      onNamespaceLost: block
      offboarding: {grace: 7d, deletion: Delete}
      nodePool: {vmSize: Standard_D8s_v5, min: 1, max: 5}
      priorityClasses: [batch]
      resources: {nvidia.com/gpu: 2, hugepages-2Mi: 1Gi}
      services: {annotations: [example.com/pool], fields: [loadBalancerIP]}
      terminationGrace: 1h
      imagePull: Any
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: team                    | name: Team                    | 1  | /name                     | 1 to 63 characters
          name: team                    | `name: [team]`                | 1  | /name                     | not a list
          version: 2                    | version: 0                    | 2  | /version                  | from 1 to 999999999, not "0"
          version: 2                    | version: two                  | 2  | /version                  | not "two"
          version: 2                    | version: "2"                  | 2  | /version                  | whole number
          version: 2                    | version: 2.0                  | 2  | /version                  | whole number
          version: 2                    | version:                      | 2  | /version                  | not empty
          version: 2                    | `version: 2\\nversion: 3`     | 3  | /version                  | is defined twice
          isolation: sandboxed          | isolation: kata               | 3  | /isolation                | must be sandboxed or shared, not "kata"
          priority: 50                  | priority: 1001                | 4  | /priority                 | from 0 to 1000
          priority: 50                  | priorty: 50                   | 4  | /priorty                  | is not a field
          share: 75%                    | share: 85%                    | 5  | /namespaces               | must sum to 100%, they sum to 110%
          share: 75%                    | share: 0%                     | 6  | /namespaces/0/share       | from 1% to 100%
          share: 75%                    | share: 75                     | 6  | /namespaces/0/share       | from 1% to 100%
          `, share: 75%`                | ``                            | 6  | /namespaces/0/share       | is missing
          name: app                     | name: jobs                    | 7  | /namespaces/1             | a second namespace has this name: "jobs"
          name: app                     | name: fifteen-letters         | 6  | /namespaces/0/name        | at most 14 characters
          name: app                     | name: app-                    | 6  | /namespaces/0/name        | at most 14 characters
          name: app                     | name: default                 | 6  | /namespaces/0/name        | the one without a name
          memory: 512Mi                 | memory: 1e9Gi                 | 9  | /sandbox/memory           | a quantity such as 512Mi or 4Gi from 128Mi to 16Ti, not "1e9Gi"
          memory: 512Mi                 | memory: -1                    | 9  | /sandbox/memory           | not "-1"
          memory: 512Mi                 | memory: 1.1Gi                 | 9  | /sandbox/memory           | must be a whole number of bytes: write 1127Mi, not "1.1Gi"
          memory: 512Mi                 | memory: 500m                  | 9  | /sandbox/memory           | must be a whole number of bytes: write 1Mi, not "500m"
          capacity: 100Gi               | capacity: 0.3Ti               | 12 | /storage/capacity         | must be a whole number of bytes: write 314573Mi, not "0.3Ti"
          memory: 512Mi                 | memory: 1G i                  | 9  | /sandbox/memory           | not "1G i"
          memory: 512Mi                 | memory: 127Mi                 | 9  | /sandbox/memory           | from 128Mi
          memory: 512Mi                 | memory: 999Ti                 | 9  | /sandbox/memory           | to 16Ti
          `  memory: 512Mi`             | ``                            | 8  | /sandbox/memory           | is missing
          cpu: 500m                     | cpu: 0                        | 10 | /sandbox/cpu              | from 1m
          cpu: 500m                     | cpu: half                     | 10 | /sandbox/cpu              | not "half"
          min: 2                        | min: 1                        | 11 | /sandbox/count/min        | not enough for 2 namespaces
          default: 20                   | default: 101                  | 11 | /sandbox/count/default    | 2 <= 101 <= 100 does not hold
          min: 2                        | min: 30                       | 11 | /sandbox/count/default    | 30 <= 20 <= 100 does not hold
          max: 100                      | max: many                     | 11 | /sandbox/count/max        | not "many"
          `{capacity: 100Gi, claims: 10}` | none                        | 12 | /storage                  | must be a mapping of fields, not "none"
          jobs: 200                     | podTemplates: 200             | 13 | /objects/podTemplates     | is not a field
          jobs: 200                     | jobs: -1                      | 13 | /objects/jobs             | from 0
          10.20.0.0/16                  | 10.20.0.1/16                  | 15 | /network/egress/0         | an IPv4 block
          10.20.0.0/16                  | 169.254.169.254/32            | 15 | /network/egress/0         | credentials
          `[10.20.0.0/16]`              | everywhere                    | 15 | /network/egress           | none, internet or a list
          dns: true                     | dns: yes                      | 16 | /network/dns              | true or false, not "yes"
          `{kubernetes.io/metadata.name: ingress}` | {}                 | 18 | /network/ingress/0        | every namespace
          kubernetes.io/metadata.name: ingress | a b: ingress           | 18 | /network/ingress/0/a b    | not a valid Kubernetes key
          kubernetes.io/metadata.name: ingress | a/b: -                 | 18 | /network/ingress/0/a~1b   | at most 63 characters
          podSecurity: restricted       | podSecurity: privileged       | 20 | /podSecurity              | baseline or restricted
          owner: berth-tenant-admin     | owner: cluster-admin          | 21 | /access/owner             | must be berth-tenant-admin, the ClusterRole that ships
          viewer: berth-tenant-viewer   | viewer: edit                  | 21 | /access/viewer            | must be berth-tenant-viewer
          example.com/tier              | example.org/tier              | 22 | /metadata/labels/example.org~1tier | not allowed; allowed are example.com/
          example.com/tier              | tier                          | 22 | /metadata/labels/tier     | not allowed
          example.com/tier              | labels.berth.dev/tier         | 22 | /metadata/labels/labels.berth.dev~1tier | Berth's own
          example.com/a                 | berth.dev/a                   | 22 | /metadata/annotations/berth.dev~1a | Berth's own
          gold                          | not gold                      | 22 | /metadata/labels/example.com~1tier | at most 63 characters
          close                         | open                          | 23 | /onGuaranteeLost          | close or degrade
          block                         | ignore                        | 24 | /onNamespaceLost          | block or recreate
          grace: 7d                     | grace: a week                 | 25 | /offboarding/grace        | such as 7d
          deletion: Delete              | deletion: delete              | 25 | /offboarding/deletion     | Archive or Delete or Retain
          min: 1                        | min: 6                        | 26 | /nodePool/min             | 6 > 5
          vmSize: Standard_D8s_v5       | vmSize: large one             | 26 | /nodePool/vmSize          | such as Standard_D8s_v5
          `[batch]`                     | batch                         | 27 | /priorityClasses          | must be a list of names, not "batch"
          `[batch]`                     | `[batch, system-node-critical]` | 27 | /priorityClasses/1      | system-* are for parts of the cluster
          `[batch]`                     | `[batch, batch]`              | 27 | /priorityClasses/1        | is named twice
          `[batch]`                     | `[Batch]`                     | 27 | /priorityClasses/0        | name of a class in the cluster, not "Batch"
          claims: 10                    | `claims: 10, ephemeral: 6399Mi` | 12 | /storage/ephemeral      | "6399Mi" are not enough for 100 sandboxes, each of which gets at least 64Mi
          claims: 10                    | `claims: 10, ephemeral: 1Mi`  | 12 | /storage/ephemeral        | from 64Mi to
          claims: 10                    | `claims: 10, classes: fast`   | 12 | /storage/classes          | must be a list of names
          claims: 10                    | `claims: 10, classes: ["a,b"]` | 12 | /storage/classes/0       | name of a class in the cluster
          jobs: 200                     | `jobs: 200, replicaSets: -1`  | 13 | /objects/replicaSets      | from 0
          nvidia.com/gpu                | gpu                           | 28 | /resources/gpu            | is neither an extended resource such as nvidia.com/gpu
          nvidia.com/gpu                | memory                        | 28 | /resources/memory         | have fields of their own
          nvidia.com/gpu                | kubernetes.io/gpu             | 28 | /resources/kubernetes.io~1gpu | is neither an extended resource
          nvidia.com/gpu                | requests.nvidia.com/gpu       | 28 | /resources/requests.nvidia.com~1gpu | is neither an extended resource
          gpu: 2                        | gpu: 0.5                      | 28 | /resources/nvidia.com~1gpu | whole number
          hugepages-2Mi: 1Gi            | hugepages-2Mi: 3Mi            | 28 | /resources/hugepages-2Mi  | a whole number of pages of 2Mi
          hugepages-2Mi: 1Gi            | hugepages: 1Gi                | 28 | /resources/hugepages      | is neither an extended resource
          `{nvidia.com/gpu: 2, hugepages-2Mi: 1Gi}` | gpus              | 28 | /resources                | must be a mapping of amounts, not "gpus"
          example.com/pool              | not a key                     | 29 | /services/annotations/0   | is not a valid Kubernetes key
          loadBalancerIP                | externalIPs                   | 29 | /services/fields/0        | must be one of externalName, loadBalancerClass
          services: {                   | `services: {ports: 1, `       | 29 | /services/ports           | is not a field
          terminationGrace: 1h          | terminationGrace: 25h         | 30 | /terminationGrace         | must be at most 24h, not "25h"
          terminationGrace: 1h          | terminationGrace: an hour     | 30 | /terminationGrace         | a number and one of s, m, h, d
          imagePull: Any                | imagePull: Never              | 31 | /imagePull                | must be Always or Any, not "Never"
          """)
  void aMistakeIsToldWithLineAndField(
      String right, String wrong, int line, String field, String message) {
    assertThat(TEAM).contains(right);

    List<PlanError> errors =
        errors(TEAM.replace(right, wrong == null ? "" : wrong.replace("\\n", "\n")));

    assertThat(errors)
        .anySatisfy(error -> {
          assertThat(error.toString()).startsWith("plan.yaml:" + line + " " + field + ": ");
          assertThat(error.message()).contains(message);
        });
    assertThat(errors).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void allMistakesOfAllDocumentsAreToldAtOnce() {
    String bad =
        TEAM.replace("memory: 512Mi", "memory: 1e9Gi")
            .replace("cpu: 500m", "cpu: -1")
            .replace("share: 75%", "share: 85%")
            .replace("podSecurity: restricted\n", "")
            .replace("berth-tenant-admin", "cluster-admin")
            .replace("priority: 50", "prio: 50");

    assertThat(errors(bad + "---\nname: other\n"))
        .extracting(PlanError::field)
        .contains(
            "/sandbox/memory",
            "/sandbox/cpu",
            "/namespaces",
            "/podSecurity",
            "/access/owner",
            "/prio",
            "/version",
            "/storage");
  }

  @Test
  void hostileYamlIsRefusedBeforeItIsBuilt() {
    String bomb =
        """
        a: &a [x, x, x, x, x, x, x, x, x]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        """;
    assertThat(errors(bomb)).first().asString().contains("plan.yaml:1", "anchors and aliases");
    assertThat(errors("name: !!java.net.URL [x]")).first().asString().contains("tags are not used");
    assertThat(errors("[".repeat(100_000))).first().asString().contains("nested deeper");
    assertThat(errors("{a: ".repeat(100_000))).first().asString().contains("nested deeper");
    assertThat(errors("# " + "x".repeat(1 << 20))).first().asString().contains("larger than 1 MiB");
    assertThat(errors("name: [team")).first().asString().contains("plan.yaml:1", "is not YAML");
    assertThat(errors("name: \0")).first().asString().contains("is not YAML");
    assertThat(errors("just a text")).first().asString().contains("must be a mapping");
    assertThat(errors("? [a, b]\n: c\n")).first().asString().contains("a key that is not a string");
  }

  @Test
  void whateverTheBytesTheReaderReturns() {
    Random random = new Random(4711);
    CatalogueReader reader = new CatalogueReader(Set.of());
    byte[] good = TEAM.getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i <= random.nextInt(20); i++) {
        bytes[random.nextInt(bytes.length)] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : "{}[]:,&*!%\n -".charAt(random.nextInt(13)));
      }
      assertThat(reader.read(List.of(new PlanFile("f", bytes)), Map.of())).isNotNull();
    }
  }

  private static List<PlanError> errors(String document) {
    return switch (Plans.read(document)) {
      case Reading.Unusable unusable -> unusable.errors();
      case Reading.Usable usable -> List.of();
    };
  }
}
