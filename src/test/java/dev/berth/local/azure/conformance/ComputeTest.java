package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.azure.FakeAzure;
import dev.berth.local.azure.conformance.Wire.Reply;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Microsoft.Compute tells before one asks for a pool. */
class ComputeTest {
  private static final String COMPUTE =
      "/subscriptions/%s/providers/Microsoft.Compute".formatted(FakeAzure.PLACE.subscription());
  private static final String FILTER = "&$filter=location%20eq%20'";

  @RegisterExtension final Stand stand = new Stand();

  @Test
  void sizesAreListedWithTheirCapabilities() {
    JsonNode size = sku(skus(FILTER + "westeurope'"), "Standard_D4s_v3");

    assertThat(size.path("resourceType").asText()).isEqualTo("virtualMachines");
    assertThat(size.path("family").asText()).isEqualTo("standardDSv3Family");
    assertThat(capability(size, "vCPUs")).isEqualTo("4");
    assertThat(capability(size, "MemoryGB")).isEqualTo("16");
    assertThat(capability(size, "HyperVGenerations")).isEqualTo("V1,V2");
    assertThat(capability(size, "CpuArchitectureType")).isEqualTo("x64");
    assertThat(size.path("restrictions").isEmpty()).isTrue();
  }

  @Test
  void whatMakesASizeUnfitIsSaidExceptForNesting() {
    Reply skus = skus("");

    assertThat(capability(sku(skus, "Standard_D4ps_v5"), "TrustedLaunchDisabled"))
        .isEqualTo("True");
    assertThat(capability(sku(skus, "Standard_DC4as_v5"), "ConfidentialComputingType"))
        .isEqualTo("SNP");
    assertThat(sku(skus, "Standard_D4s_v6").at("/restrictions/0/reasonCode").asText())
        .isEqualTo("NotAvailableForSubscription");
    assertThat(sku(skus, "Standard_E8s_v5").at("/restrictions/0/type").asText()).isEqualTo("Zone");
    assertThat(skus.response().body()).doesNotContainIgnoringCase("nested");
    assertThat(sku(skus, "Premium_LRS").path("resourceType").asText()).isEqualTo("disks");
  }

  @Test
  void theOnlyFilterIsTheOneForALocation() {
    assertThat(skus(FILTER + "northeurope'").body().path("value").isEmpty()).isTrue();
    assertThat(skus("&$filter=name%20eq%20'x'").status()).isEqualTo(400);
  }

  @Test
  void quotaIsTakenUpByThePoolsThatAreThere() {
    stand.azure().portal().allowsVcpus(50);
    stand.azure().portal().allowsVcpus("standardDSv3Family", 20);

    stand.existing("kata");

    JsonNode cores = usage("cores");
    assertThat(cores.path("limit").asInt()).isEqualTo(50);
    assertThat(cores.path("currentValue").asInt()).isEqualTo(12);
    JsonNode family = usage("standardDSv3Family");
    assertThat(family.path("limit").asInt()).isEqualTo(20);
    assertThat(family.path("currentValue").asInt()).isEqualTo(4);
  }

  private Reply skus(String filter) {
    return stand
        .wire()
        .get(stand.azure().url() + COMPUTE + "/skus?api-version=2021-07-01" + filter);
  }

  private JsonNode usage(String name) {
    Reply reply =
        stand
            .wire()
            .get(
                stand.azure().url()
                    + COMPUTE
                    + "/locations/westeurope/usages?api-version=2024-11-01");
    return one(reply.body().path("value"), "/name/value", name);
  }

  private static JsonNode sku(Reply skus, String name) {
    return one(skus.body().path("value"), "/name", name);
  }

  private static String capability(JsonNode size, String name) {
    return one(size.path("capabilities"), "/name", name).path("value").asText();
  }

  private static JsonNode one(JsonNode rows, String pointer, String value) {
    return StreamSupport.stream(rows.spliterator(), false)
        .filter(row -> row.at(pointer).asText().equals(value))
        .findFirst()
        .orElseThrow();
  }
}
