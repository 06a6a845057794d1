package dev.berth.local.azure.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.local.azure.conformance.Wire.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The body of a PUT is read strictly; neither a client nor a schema does that. */
class FieldTest {
  @RegisterExtension final Stand stand = new Stand();

  @Test
  void anUnknownFieldIsRefusedWhereverItStands() {
    assertUndecodable(stand.wire().putPool("kata", pool -> pool.put("vmSizes", "x")), "vmSizes");
    assertUndecodable(
        stand
            .wire()
            .putPool("kata", pool -> pool.putObject("securityProfile").put("sshAccess", "x")),
        "sshAccess");
    assertUndecodable(
        stand.wire().putPool("kata", "{\"tags\":{},\"properties\":{\"count\":1}}"), "tags");
  }

  @Test
  void aWrongTypeIsRefused() {
    assertUndecodable(stand.wire().putPool("kata", pool -> pool.put("count", "1")), "count");
    assertUndecodable(
        stand.wire().putPool("kata", pool -> pool.put("nodeTaints", "a")), "nodeTaints");
  }

  @ParameterizedTest
  @CsvSource({
    "workloadRuntime, KataMshvVmIsolation",
    "workloadRuntime, KataCcIsolation",
    "workloadRuntime, katavmisolation",
    "osSKU, Mariner",
    "osType, AzureLinux",
    "mode, Worker"
  })
  void aWordOutsideTheEnumIsRefused(String property, String word) {
    Reply reply = stand.wire().putPool("kata", pool -> pool.put(property, word));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("/code")).isEqualTo("InvalidParameter");
    assertThat(reply.text("/target")).isEqualTo("agentPoolProfile." + property);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"properties\":", "{} {}"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    Reply reply = stand.wire().putPool("kata", body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("/error/code")).isEqualTo("InvalidRequestContent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "vmSize"})
  void whatIsRequiredIsMissed(String property) {
    Reply reply = stand.wire().putPool("kata", pool -> pool.remove(property));

    assertThat(reply.text("/code")).isEqualTo("InvalidParameter");
    assertThat(reply.text("/target")).isEqualTo("properties." + property);
  }

  @Test
  void anAnswerMayBeSentBackAsItWas() {
    Reply pool = stand.existing("kata");

    assertThat(stand.wire().putPool("kata", pool.body().toString()).status()).isEqualTo(200);
  }

  @Test
  void whatIsLeftOutStaysAsItWas() {
    stand.wire().putPool("kata", pool -> pool.putObject("tags").put("owner", "berth"));
    stand.clock().goesOn(Stand.OPERATION);

    Reply reply = stand.wire().putPool("kata", "{\"properties\":{\"count\":2}}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text("/properties/tags/owner")).isEqualTo("berth");
    assertThat(reply.text("/properties/workloadRuntime")).isEqualTo("KataVmIsolation");
  }

  @Test
  void aVersionIsRequiredAndHasToBeTheOne() {
    String url = stand.azure().poolUrl("system");

    assertThat(stand.wire().get(url).code()).isEqualTo("MissingApiVersionParameter");
    assertThat(stand.wire().get(url + "?api-version=2024-01-01").code())
        .isEqualTo("NoRegisteredProviderFound");
  }

  private static void assertUndecodable(Reply reply, String field) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("/code")).isEqualTo("UnmarshalError");
    assertThat(reply.text("/message")).contains(field);
  }
}
