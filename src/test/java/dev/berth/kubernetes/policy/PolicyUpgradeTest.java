package dev.berth.kubernetes.policy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.plan.ClusterAdmission.PolicyFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** From the policies of the release before to those of this one, no moment looks like a loss. */
class PolicyUpgradeTest {

  private static final Path BEFORE = Path.of("src/test/resources/policies-before");
  private static final Path FINGERPRINTS = Path.of("src/main/resources/k8s/policies-before.txt");

  private final ShippedPolicies shipped = ShippedPolicies.load();

  /** As if the release before had been another one, for rules that need a difference. */
  private final ShippedPolicies afterAnother =
      new ShippedPolicies(
          shipped.objects(),
          another().stream().collect(toMap(PolicyObject::toString, PolicyFingerprint::of)));

  /** {@code src/main/release/previous} brings the copies, and has this write the fingerprints. */
  @Test
  void theFingerprintsAreThoseOfTheReleaseBefore() throws IOException {
    String expected =
        before().stream()
            .map(object -> PolicyFingerprint.of(object) + " " + object + "\n")
            .sorted(Comparator.comparing(line -> line.substring(line.indexOf(' '))))
            .reduce("", String::concat);

    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(absolute(FINGERPRINTS), expected);
    }
    assertThat(Files.readString(absolute(FINGERPRINTS))).isEqualTo(expected);
  }

  @Test
  void theReleaseBeforeIsNoLoss() {
    assertThat(shipped.faults(before(), true))
        .allMatch(PolicyFault::outdated)
        .noneMatch(PolicyFault::guards);
  }

  @Test
  void theReleaseBeforeIsNotThisOneEither() {
    List<PolicyFault> faults = afterAnother.faults(another(), true);

    assertThat(faults).isNotEmpty().allMatch(PolicyFault::outdated).noneMatch(PolicyFault::guards);
    assertThat(faults)
        .extracting(PolicyFault::object)
        .contains(
            "ValidatingAdmissionPolicy berth-storage",
            "ValidatingAdmissionPolicyBinding berth-storage",
            "ValidatingAdmissionPolicy berth-services")
        .doesNotContain("ValidatingAdmissionPolicyBinding berth-sandbox");
  }

  @Test
  void whatTheApiServerAddsDoesNotHideTheReleaseBefore() {
    List<PolicyObject> live = another().stream().map(ServedPolicies::served).toList();

    assertThat(afterAnother.faults(live, true)).isNotEmpty().allMatch(PolicyFault::outdated);
  }

  /** As kubectl applies k8s/policies. */
  @Test
  void noMomentOfAnUpgradeInTheOrderOfTheKustomizationIsALoss() throws IOException {
    String kustomization = Files.readString(absolute(Path.of("k8s/policies/kustomization.yaml")));
    List<String> order =
        Pattern.compile("berth-[a-z-]+(?=\\.yaml)")
            .matcher(kustomization)
            .results()
            .map(MatchResult::group)
            .toList();

    assertNoLoss(Comparator.comparingInt(object -> order.indexOf(object.name())));
  }

  /** As other tools order what they apply. */
  @Test
  void noMomentOfAnUpgradeByKindAndNameIsALoss() {
    assertNoLoss(Comparator.comparing(PolicyObject::kind).thenComparing(PolicyObject::name));
  }

  @Test
  void whatIsNewInThisReleaseIsMissedOnceNothingIsOfTheReleaseBefore() {
    String binding = "ValidatingAdmissionPolicyBinding berth-storage";
    List<PolicyObject> live = new ArrayList<>(shipped.objects());
    live.removeIf(object -> object.toString().equals(binding));

    assertThat(afterAnother.faults(live, true))
        .containsExactly(new PolicyFault(binding, null, true));
  }

  @Test
  void whatBothReleasesHaveIsMissedDuringAnUpgradeToo() {
    String binding = "ValidatingAdmissionPolicyBinding berth-sandbox";
    List<PolicyObject> live = new ArrayList<>(another());
    live.removeIf(object -> object.toString().equals(binding));

    assertThat(afterAnother.faults(live, true))
        .filteredOn(PolicyFault::guards)
        .containsExactly(new PolicyFault(binding, null, true));
  }

  @Test
  void anAlterationIsNoRelease() {
    List<PolicyObject> live = new ArrayList<>(another());
    change(
        live,
        "ValidatingAdmissionPolicy berth-services",
        spec -> spec.put("failurePolicy", "Ignore"));

    assertThat(afterAnother.faults(live, true))
        .filteredOn(PolicyFault::guards)
        .extracting(PolicyFault::object)
        .containsExactly("ValidatingAdmissionPolicy berth-services");
  }

  private void assertNoLoss(Comparator<PolicyObject> order) {
    assertNoLoss(before(), shipped, order);
    assertNoLoss(another(), afterAnother, order);
  }

  private static void assertNoLoss(
      List<PolicyObject> before, ShippedPolicies shipped, Comparator<PolicyObject> order) {
    List<PolicyObject> live = new ArrayList<>(before);
    for (PolicyObject applied : shipped.objects().stream().sorted(order).toList()) {
      assertThat(shipped.faults(live, true))
          .as("before " + applied)
          .allMatch(PolicyFault::outdated);
      Predicate<PolicyObject> same = applied::isSameObject;
      live.removeIf(same);
      live.add(applied);
    }
    assertThat(shipped.faults(live, true)).isEmpty();
  }

  /**
   * Without a policy for storage, and with one rule less for Services. Another action of the last
   * binding is what outlasts the others, in either order.
   */
  private static List<PolicyObject> another() {
    List<PolicyObject> another = new ArrayList<>(before());
    another.removeIf(object -> object.name().equals("berth-storage"));
    change(
        another,
        "ValidatingAdmissionPolicy berth-services",
        spec -> ((ArrayNode) spec.get("validations")).remove(0));
    change(
        another,
        "ValidatingAdmissionPolicyBinding berth-workload-warning",
        spec -> ((ArrayNode) spec.get("validationActions")).remove(1));
    return another;
  }

  private static void change(List<PolicyObject> objects, String name, Consumer<ObjectNode> change) {
    objects.replaceAll(
        object -> object.toString().equals(name) ? ServedPolicies.changed(object, change) : object);
  }

  private static List<PolicyObject> before() {
    try (Stream<Path> files = Files.list(absolute(BEFORE))) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PolicyObject> read(Path file) {
    try {
      return ShippedPolicies.read(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path absolute(Path path) {
    return Path.of(System.getProperty("basedir", "")).resolve(path).toAbsolutePath();
  }
}
