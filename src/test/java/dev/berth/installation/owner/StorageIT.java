package dev.berth.installation.owner;

import static dev.berth.installation.TenantCluster.DRY_RUN;
import static dev.berth.installation.TenantCluster.NAMESPACES;
import static dev.berth.installation.TenantCluster.assertDenied;
import static dev.berth.installation.TenantCluster.assertLetIn;
import static dev.berth.installation.TenantCluster.awaitPolicies;
import static dev.berth.installation.TenantCluster.denialOf;
import static dev.berth.installation.TenantCluster.sandboxed;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tenant's claim is given a volume of its plan's classes, and chooses none (T10). */
class StorageIT {

  private static final String POLICY = denialOf("berth-storage");
  private static final String NAMESPACE = "tenant-stored";
  private static final String CLAIM = NAMESPACES + NAMESPACE + "/persistentvolumeclaims/v";

  private static Caller administrator;

  @BeforeAll
  static void namespacesWithAndWithoutClasses() {
    administrator = Caller.administrator();
    awaitPolicies();
    sandboxed(NAMESPACE, "kata-vm-isolation", "'berth.dev/storage-classes': 'standard,fast'");
    sandboxed("tenant-classless");
    assertLetIn(claim(NAMESPACE, "", "", ""));
  }

  @Test
  void aClassOfThePlanIsLetInAndNoOther() {
    assertLetIn(claim(NAMESPACE, "", "'storageClassName': 'fast', ", DRY_RUN));
    for (String other : new String[] {"other", "fas", ""}) {
      assertDenied(
          claim(NAMESPACE, "", "'storageClassName': '%s', ".formatted(other), DRY_RUN),
          POLICY,
          "storage class \""
              + other
              + "\" is not for this namespace, here are allowed: standard, fast");
    }
  }

  @Test
  void withoutAListAClaimNamesNoClass() {
    assertLetIn(claim("tenant-classless", "", "", DRY_RUN));
    assertDenied(
        claim("tenant-classless", "", "'storageClassName': 'standard', ", DRY_RUN),
        POLICY,
        "here are allowed: none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'volumeName': 'of-a-neighbour', | remove spec.volumeName",
        "'selector': {}, | remove spec.selector",
        "'selector': {'matchLabels': {'tenant': 'beta'}}, | remove spec.selector",
        "'volumeAttributesClassName': 'gold', | remove spec.volumeAttributesClassName"
      })
  void aClaimThatChoosesItsVolumeIsDenied(String field, String advice) {
    assertDenied(claim(NAMESPACE, "", field + " ", DRY_RUN), POLICY, advice);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "volume.beta.kubernetes.io/storage-class",
        "volume.kubernetes.io/selected-node",
        "volume.kubernetes.io/storage-provisioner",
        "pv.kubernetes.io/bind-completed"
      })
  void aClaimThatSaysSoByAnnotationIsDenied(String key) {
    assertDenied(
        claim(NAMESPACE, "'%s': 'x'".formatted(key), "", DRY_RUN), POLICY, "remove \"" + key);
  }

  /** The annotation for a class never changes: the API server sees to that. */
  @ParameterizedTest
  @ValueSource(
      strings = {"volume.kubernetes.io/selected-node", "volume.kubernetes.io/storage-provisioner"})
  void aClaimThatSaysSoLaterIsDenied(String key) {
    assertDenied(
        administrator.merge(CLAIM, "{'metadata': {'annotations': {'%s': 'x'}}}".formatted(key)),
        POLICY,
        "remove \"" + key);
  }

  @Test
  void noClaimChoosesLater() {
    assertDenied(change(administrator, "'volumeName': 'x'"), POLICY, "remove spec.volumeName");
    assertDenied(change(administrator, "'storageClassName': 'other'"), POLICY, "\"other\"");
    assertLetIn(administrator.merge(CLAIM + DRY_RUN, "{'metadata': {'labels': {'a': 'b'}}}"));
  }

  @Test
  void theClusterBindsClaims() {
    Caller binder =
        Caller.administratorNamed(
            "system:serviceaccount:kube-system:persistent-volume-binder",
            "system:serviceaccounts:kube-system");
    Caller scheduler = Caller.administratorNamed("system:kube-scheduler");

    Caller stateful =
        Caller.administratorNamed(
            "system:serviceaccount:kube-system:statefulset-controller",
            "system:serviceaccounts:kube-system");

    assertLetIn(change(binder, "'volumeName': 'x'"));
    assertDenied(change(stateful, "'volumeName': 'x'"), POLICY, "remove spec.volumeName");
    assertLetIn(
        scheduler.merge(
            CLAIM + DRY_RUN,
            "{'metadata': {'annotations': {'volume.kubernetes.io/selected-node': 'n'}}}"));
  }

  private static Reply change(Caller caller, String field) {
    return caller.merge(CLAIM + DRY_RUN, "{'spec': {%s}}".formatted(field));
  }

  private static Reply claim(String namespace, String annotations, String fields, String query) {
    return administrator.post(
        NAMESPACES + namespace + "/persistentvolumeclaims" + query,
        """
        {'metadata': {'name': '%s', 'annotations': {%s}},
         'spec': {%s'accessModes': ['ReadWriteOnce'], 'resources': {'requests': {'storage': '1Gi'}}}}\
        """
            .formatted(query.isEmpty() ? "v" : "tried", annotations, fields));
  }
}
