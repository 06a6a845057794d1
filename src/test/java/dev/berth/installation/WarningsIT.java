package dev.berth.installation;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.sandboxed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.installation.Caller.Reply;
import dev.berth.installation.owner.HostAccess;
import dev.berth.installation.owner.Overreach;
import dev.berth.installation.owner.Workload;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who writes a template is told at once that its pods will be denied, and what to change. */
class WarningsIT {

  private static final String DEFAULTED = "tenant-warned";
  private static final String UNDEFAULTED = "tenant-warned-more";
  private static final String PLAIN = "{'containers': [{'name': 'c', 'image': 'i'}]}";

  private static Caller administrator;

  @BeforeAll
  static void namespacesWithAndWithoutADefault() {
    administrator = Caller.administrator();
    awaitPolicies();
    sandboxed(DEFAULTED);
    sandboxed(UNDEFAULTED, "kata-vm-isolation", "'berth.dev/class-default': 'none'");
  }

  @ParameterizedTest
  @EnumSource
  void aTemplateOfAnotherClassIsWarnedOf(Workload workload) {
    Reply reply = create(workload, DEFAULTED, ofClass("berth-probe"));

    assertThat(reply.code()).isEqualTo(201);
    assertThat(reply.warnings())
        .singleElement()
        .asString()
        .contains("berth-", "-warning'")
        .contains("runtimeClassName is \\\"berth-probe\\\"")
        .contains("write " + workload.template + ".runtimeClassName: kata-vm-isolation");
  }

  @ParameterizedTest
  @EnumSource
  void aTemplateWithoutAClassIsWarnedOfWhereNothingFillsItIn(Workload workload) {
    assertThat(create(workload, UNDEFAULTED, PLAIN).warnings())
        .singleElement()
        .asString()
        .contains("add the line " + workload.template + ".runtimeClassName: kata-vm-isolation");
    assertThat(create(workload, DEFAULTED, PLAIN).warnings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aTemplateOfTheRightClassIsNot(Workload workload) {
    for (String namespace : new String[] {DEFAULTED, UNDEFAULTED}) {
      Reply reply = create(workload, namespace, ofClass("kata-vm-isolation"));

      assertThat(reply.message()).isEmpty();
      assertThat(reply.code()).isEqualTo(201);
      assertThat(reply.warnings()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource
  void aTemplateWithAWayToItsNodeIsWarnedOf(Workload workload, HostAccess access) {
    Reply reply = create(workload, DEFAULTED, access.pod);

    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isEqualTo(201);
    assertThat(reply.warnings())
        .singleElement()
        .asString()
        .contains("its pods will be denied")
        .contains(access.advice.replaceFirst("^spec", workload.template));
  }

  static Stream<Arguments> aTemplateWithAWayToItsNodeIsWarnedOf() {
    return Stream.of(Workload.DEPLOYMENT, Workload.CRON_JOB)
        .flatMap(workload ->
            Arrays.stream(HostAccess.values()).map(access -> Arguments.of(workload, access)));
  }

  @ParameterizedTest
  @MethodSource
  void aTemplateThatAsksForMoreThanItsDueIsWarnedOf(Workload workload, Overreach overreach) {
    Reply reply =
        administrator.post(
            workload.collection(DEFAULTED) + DRY_RUN,
            workload.of(overreach.annotations, overreach.pod()));

    assertThat(reply.message()).isEmpty();
    assertThat(reply.code()).isEqualTo(201);
    assertThat(reply.warnings())
        .singleElement()
        .asString()
        .contains("its pods will be denied")
        .contains(overreach.advice.replace("spec.", workload.template + "."));
  }

  static Stream<Arguments> aTemplateThatAsksForMoreThanItsDueIsWarnedOf() {
    return Stream.of(Workload.DEPLOYMENT, Workload.CRON_JOB)
        .flatMap(workload ->
            Arrays.stream(Overreach.values()).map(overreach -> Arguments.of(workload, overreach)));
  }

  /** Where the cluster sets no class by itself it sets nothing else either. */
  @Test
  void aTemplateThatDoesNotAskTheRegistryIsWarnedOfWhereNothingFillsItIn() {
    String pod =
        "{'runtimeClassName': 'kata-vm-isolation', 'containers': [{'name': 'c', 'image': 'i:1'}]}";

    assertThat(create(Workload.DEPLOYMENT, DEFAULTED, pod).warnings()).isEmpty();
    for (Workload workload : new Workload[] {Workload.DEPLOYMENT, Workload.CRON_JOB}) {
      assertThat(create(workload, UNDEFAULTED, pod).warnings())
          .singleElement()
          .asString()
          .contains("write imagePullPolicy: Always for all containers in " + workload.template);
    }
  }

  @Test
  void aChangedTemplateIsWarnedOfToo() {
    sandboxed("tenant-warned-later");
    String path = Workload.DEPLOYMENT.collection("tenant-warned-later");
    assertThat(administrator.post(path, Workload.DEPLOYMENT.of(PLAIN)).code()).isEqualTo(201);

    Reply reply =
        administrator.merge(
            path + "/w", "{'spec': {'template': {'spec': {'runtimeClassName': 'berth-probe'}}}}");

    assertThat(reply.code()).isEqualTo(200);
    assertThat(reply.warnings()).singleElement().asString().contains("berth-workload-warning");
  }

  @Test
  void aNamespaceWithoutASandboxMayHaveTemplatesOfAnyClass() {
    String namespace =
        "{'metadata': {'name': 'tenant-unwarned', 'labels': {'berth.dev/isolation': 'shared'}}}";
    assertThat(Caller.berth().post("/api/v1/namespaces", namespace).code()).isEqualTo(201);

    assertThat(create(Workload.DEPLOYMENT, "tenant-unwarned", ofClass("berth-probe")).warnings())
        .isEmpty();
  }

  private static Reply create(Workload workload, String namespace, String pod) {
    return administrator.post(workload.collection(namespace) + DRY_RUN, workload.of(pod));
  }

  private static String ofClass(String runtimeClass) {
    return "{'runtimeClassName': '%s', 'containers': [{'name': 'c', 'image': 'i'}]}"
        .formatted(runtimeClass);
  }
}
