package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.conformance.Wire.Reply;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What AKS refuses although it is well-formed, each with the code that it has. */
class RefusalTest {
  @RegisterExtension final Stand stand = new Stand();

  @ParameterizedTest
  @CsvSource({
    "Standard_B4ms, InvalidWorkloadRuntimeSettingError",
    "Standard_D4as_v4, InvalidWorkloadRuntimeSettingError",
    "Standard_D4ps_v5, InvalidWorkloadRuntimeSettingError",
    "Standard_DC4as_v5, InvalidWorkloadRuntimeSettingError",
    "Standard_D2_v3, UnsupportedGen2VMSize",
    "Standard_D4s_v6, SkuNotAvailable",
    "Standard_D4s_v99, VMSizeNotSupported"
  })
  void aSizeThatCannotSandboxIsRefused(String size, String code) {
    assertRefused(stand.wire().putPool("kata", pool -> pool.put("vmSize", size)), code);
  }

  @Test
  void theSameSizeIsFineWithoutASandbox() {
    Reply reply =
        stand
            .wire()
            .putPool(
                "plain",
                pool -> pool.put("vmSize", "Standard_B4ms").put("workloadRuntime", "OCIContainer"));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.text("/properties/nodeImageVersion")).doesNotContain("kata");
  }

  @Test
  void webAssemblyIsInTheEnumButNoLongerTaken() {
    assertRefused(
        stand.wire().putPool("wasm", pool -> pool.put("workloadRuntime", "WasmWasi")),
        "InvalidWorkloadRuntimeSettingError");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ubuntu", "AzureLinux3", "CBLMariner"})
  void aSandboxOnAnotherSystemIsRefused(String osSku) {
    assertNotWithASandbox(pool -> pool.put("osSKU", osSku));
  }

  @Test
  void aSandboxOnTheSystemThatAksWouldChooseIsRefused() {
    assertNotWithASandbox(pool -> pool.remove("osSKU"));
  }

  @Test
  void aSandboxDoesNotGoWithWhatChangesTheImageOrTheBoot() {
    assertNotWithASandbox(pool -> pool.put("enableFIPS", true));
    assertNotWithASandbox(pool -> pool.putObject("securityProfile").put("enableVTPM", true));
    assertNotWithASandbox(pool -> pool.putObject("securityProfile").put("enableSecureBoot", true));
    assertNotWithASandbox(pool -> pool.putObject("artifactStreamingProfile").put("enabled", true));
  }

  @ParameterizedTest
  @CsvSource({
    "workloadRuntime, OCIContainer",
    "vmSize, Standard_D2s_v3",
    "osSKU, Ubuntu",
    "osDiskType, Ephemeral"
  })
  void whatIsFixedCannotBeChanged(String property, String value) {
    stand.existing("kata");

    Reply reply = stand.wire().putPool("kata", pool -> pool.put(property, value));

    assertRefused(reply, "PropertyChangeNotAllowed");
    assertThat(reply.text("/target")).isEqualTo("agentPoolProfile." + property);
  }

  @Test
  void aPlainPoolDoesNotBecomeASandbox() {
    Consumer<ObjectNode> plain = pool -> pool.put("workloadRuntime", "OCIContainer");
    stand.wire().putPool("plain", plain);
    stand.clock().goesOn(Stand.OPERATION);

    Reply reply = stand.wire().putPool("plain", Wire.KATA_POOL);

    assertRefused(reply, "PropertyChangeNotAllowed");
    assertThat(reply.text("/target")).isEqualTo("agentPoolProfile.workloadRuntime");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes.azure.com/mine", "kubernetes.io/mine"})
  void aLabelWithAReservedPrefixIsRefused(String label) {
    assertRefused(
        stand.wire().putPool("kata", pool -> pool.putObject("nodeLabels").put(label, "x")),
        "NodeLabelKeyNotAllowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Kata", "1kata", "kata-1", "twelveandone1"})
  void aNameThatIsNoneIsRefused(String name) {
    Reply reply = stand.wire().putPool(name, Wire.KATA_POOL);

    assertRefused(reply, "InvalidParameter");
    assertThat(reply.text("/target")).isEqualTo("agentPoolName");
  }

  @Test
  void theLastSystemPoolIsKept() {
    assertRefused(stand.wire().deletePool("system"), "BadRequest");
  }

  @Test
  void aFlatRefusalHasTheMembersThatAksSends() {
    Reply reply = stand.wire().putPool("kata", pool -> pool.put("vmSize", "Standard_B4ms"));

    assertThat(reply.body().path("details").isNull()).isTrue();
    assertThat(reply.text("/subcode")).isEmpty();
    assertThat(reply.text("/message")).contains("nested virtualization", "aka.ms/aks/podsandbox");
  }

  private void assertNotWithASandbox(Consumer<ObjectNode> change) {
    assertRefused(
        stand.wire().putPool("kata", change::accept), "InvalidWorkloadRuntimeSettingError");
  }

  private void assertRefused(Reply reply, String code) {
    assertThat(reply.code()).isEqualTo(code);
    assertThat(reply.status()).isEqualTo(400);
  }
}
