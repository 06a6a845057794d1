package dev.berth.event.incoming;

import static dev.berth.event.Records.envelope;
import static dev.berth.event.Records.good;
import static dev.berth.event.Records.of;
import static dev.berth.event.Records.structured;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Invalid;
import dev.berth.tenant.condition.Reason;
import dev.berth.tenant.condition.Refusal;
import dev.berth.tenant.condition.Refusal.Fault;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with the data of an authorised event: it is rejected. */
class DataFaultsTest {

  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  /** In the good snapshot, one text is replaced by another; exactly one fault is named. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          3,                        | 0,                             | InvalidData       | /generation
          3,                        | -1,                            | InvalidData       | /generation
          3,                        | 3.0,                           | InvalidData       | /generation
          3,                        | 3e0,                           | InvalidData       | /generation
          3,                        | 1e999999999,                   | InvalidData       | /generation
          3,                        | "3",                           | InvalidData       | /generation
          3,                        | null,                          | InvalidData       | /generation
          3,                        | 9007199254740992,              | InvalidData       | /generation
          3,                        | 4611686018427387904,           | InvalidData       | /generation
          3,                        | 1180591620717411303424,        | InvalidData       | /generation
          "generation": 3,          | ``                             | InvalidData       | /generation
          "plan": "team",           | ``                             | InvalidData       | /plan
          "team"                    | "team@0"                       | InvalidData       | /plan
          "team"                    | "Team"                         | InvalidData       | /plan
          "team"                    | "team\\n"                      | InvalidData       | /plan
          Acme GmbH                 | \\u001b[2J                     | InvalidData       | /displayName
          "Acme GmbH"               | ""                             | InvalidData       | /displayName
          [{"kind": "Group", "name": "5b1c-object-id"}] | []         | InvalidData       | /owners
          [{"kind": "Group", "name": "5b1c-object-id"}] | null       | InvalidData       | /owners
          {"kind": "Group", "name": "5b1c-object-id"}   | "me"       | InvalidData       | /owners/0
          Group                     | Pod                            | InvalidData       | /owners/0/kind
          Group                     | ServiceAccount                 | InvalidData       | /owners/0/namespace
          {"kind"                   | {"namespace": "tenant-acme", "kind" | InvalidData  | /owners/0/namespace
          {"kind"                   | {"apiGroup": "x", "kind"       | InvalidData       | /owners/0/apiGroup
          {"kind"                   | {"a/b~c": "x", "kind"          | InvalidData       | /owners/0/a~1b~0c
          , "name": "5b1c-object-id" | ``                            | InvalidData       | /owners/0/name
          "Group", "name": "5b1c-object-id" | "ServiceAccount", "namespace": "tenant-acme", "name": "A B" | InvalidData | /owners/0/name
          "Group"                   | "ServiceAccount", "namespace": "kube-system"      | SubjectNotAllowed | /owners/0/namespace
          "Group"                   | "ServiceAccount", "namespace": "tenant-acme2"     | SubjectNotAllowed | /owners/0/namespace
          "Group"                   | "ServiceAccount", "namespace": "tenant-acme-b--x" | SubjectNotAllowed | /owners/0/namespace
          "Group"                   | "ServiceAccount", "namespace": "tenant-acme--"    | SubjectNotAllowed | /owners/0/namespace
          5b1c-object-id            | system:masters                 | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | berth:break-glass              | SubjectNotAllowed | /owners/0/name
          "viewers": []             | "viewers": [{"kind": "User", "name": "berth:anybody"}] | SubjectNotAllowed | /viewers/0/name
          5b1c-object-id            | \\u0073ystem:masters           | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | ` system:masters`              | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | sys\\u200btem:masters          | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | me\\n                          | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | me\\u001b[2J!                  | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | ` `                            | SubjectNotAllowed | /owners/0/name
          5b1c-object-id            | ``                             | SubjectNotAllowed | /owners/0/name
          "viewers": []             | "viewers": [{"kind": "User", "name": "system:admin"}] | SubjectNotAllowed | /viewers/0/name
          cost-center               | berth.dev/isolation            | InvalidData       | /labels/berth.dev~1isolation
          cost-center               | ``                             | InvalidData       | /labels/
          4711                      | a b                            | InvalidData       | /labels/cost-center
          "4711"                    | 4711                           | InvalidData       | /labels/cost-center
          8,                        | 0,                             | InvalidData       | /sandboxes
          8,                        | 8.0,                           | InvalidData       | /sandboxes
          8,                        | 1099511627776,                 | InvalidData       | /sandboxes
          "local"                   | 1                              | InvalidData       | /cluster
          """)
  void aFieldOutsideTheRules(String text, String by, Reason reason, String pointer) {
    Refusal refusal = rejects(good().replacing(text, by), reason);
    assertThat(refusal.errors()).extracting(Fault::pointer).containsExactly(pointer);
    assertThat(refusal.message()).startsWith(pointer + " ");
  }

  @ParameterizedTest
  @CsvSource({
    "namespace",
    "namespaces",
    "quota",
    "roles",
    "network",
    "runtimeClass",
    "isolation",
    "sandbox",
    "storage",
    "objects",
    "podSecurity",
    "access",
    "metadata",
    "offboarding",
    "nodePool"
  })
  void aFieldThatThePlanDecides(String name) {
    Records record =
        good().replacing("{\"generation\"", "{\"%s\": null, \"generation\"".formatted(name));
    assertThat(rejects(record, Reason.InvalidData).errors())
        .extracting(Fault::pointer)
        .containsExactly("/" + name);
  }

  @ParameterizedTest
  @MethodSource
  void dataThatAreNotStrictJson(String what, Records record) {
    assertThat(rejects(record, Reason.InvalidData).errors())
        .extracting(Fault::pointer)
        .containsExactly("");
  }

  static Stream<Arguments> dataThatAreNotStrictJson() {
    return Stream.of(
        Arguments.of("cut", good().value(Records.SNAPSHOT.substring(0, 40))),
        Arguments.of("empty", good().value("")),
        Arguments.of("blank", good().value(" \n")),
        Arguments.of("a list", good().value("[]")),
        Arguments.of("10,000 deep", good().value(DEEP)),
        Arguments.of("10,000 deep, cut", good().value("{\"a\":".repeat(10_000))),
        Arguments.of("10,000 deep inside", good().replacing("\"local\"", DEEP)),
        Arguments.of("structured, 10,000 deep", structured(envelope(DEEP))),
        Arguments.of("structured, none", structured(envelope("{}").replace("\"data\": {},", ""))),
        Arguments.of("structured, a text", structured(envelope("\"{}\""))),
        Arguments.of("structured, a key twice", structured(envelope("{\"a\": 1, \"a\": 1}"))),
        Arguments.of("ISO 8859-1", good().bytes("{\"x\": \"ä\"}".getBytes(ISO_8859_1))),
        Arguments.of("UTF-16", good().bytes(Records.SNAPSHOT.getBytes(UTF_16))),
        Arguments.of("overlong", good().bytes(withBytes(0xC0, 0xAF))),
        Arguments.of("a surrogate", good().bytes(withBytes(0xED, 0xA0, 0x80))),
        Arguments.of("BOM", good().value("\uFEFF" + Records.SNAPSHOT)),
        Arguments.of("half a pair", good().replacing("Acme", "\\ud800")),
        Arguments.of("half a pair, key", good().replacing("\"plan\"", "\"\\udc00\": 1, \"plan\"")),
        Arguments.of("NUL", good().replacing("Acme", "\0")),
        Arguments.of("NUL escaped", good().replacing("Acme", "\\u0000")),
        Arguments.of(
            "NUL deep", good().replacing("\"plan\"", "\"x\": [{\"\\u0000\": 1}], \"plan\"")),
        Arguments.of("twice", good().replacing("\"plan\"", "\"plan\": \"x\", \"plan\"")),
        Arguments.of("twice, escaped", good().replacing("\"plan\"", "\"pl\\u0061n\": 1, \"plan\"")),
        Arguments.of("twice inside", good().replacing("\"kind\"", "\"kind\": \"User\", \"kind\"")),
        Arguments.of("NaN", good().replacing("3,", "NaN,")),
        Arguments.of("huge exponent", good().replacing("3,", "1e99999999999,")),
        Arguments.of("tiny exponent", good().replacing("8,", "1.0e-99999999999,")),
        Arguments.of("1001 digits", good().replacing("3,", "3".repeat(1001) + ",")),
        Arguments.of("leading zero", good().replacing("3,", "03,")),
        Arguments.of("comment", good().value("/* x */" + Records.SNAPSHOT)),
        Arguments.of("trailing text", good().value(Records.SNAPSHOT + "x")),
        Arguments.of("trailing value", good().value(Records.SNAPSHOT + "{}")));
  }

  private static byte[] withBytes(int... bytes) {
    String ascii = "{\"x\": \"" + "?".repeat(bytes.length) + "\"}";
    byte[] json = ascii.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      json[ascii.indexOf('?') + i] = (byte) bytes[i];
    }
    return json;
  }

  @Test
  void aListOrAnObjectThatIsTooLong() {
    String owner = "{\"kind\": \"Group\", \"name\": \"5b1c-object-id\"}";
    pointsAt("/owners", good().replacing(owner, (owner + ",").repeat(100) + owner));
    String labels =
        "\"%s\": \"x\", ".repeat(20).formatted((Object[]) "abcdefghijklmnopqrst".split(""));
    pointsAt("/labels", good().replacing("\"cost", labels + "\"cost"));
    pointsAt("/labels/cost-center", good().replacing("4711", "x".repeat(64)));
  }

  @Test
  void aNameThatIsTooLong() {
    rejects(good().replacing("5b1c-object-id", "x".repeat(254)), Reason.SubjectNotAllowed);
    rejects(
        good().replacing("5b1c-object-id", "x ".repeat(250_000) + "x"), Reason.SubjectNotAllowed);
  }

  @Test
  void allFaultsAreNamedAndTheGravestFirst() {
    Refusal refusal =
        rejects(
            good()
                .value(
                    """
                    {"generation": 0, "plan": 7, "owners": [{"kind": "Pod", "name": "system:masters", "x": 1}],
                     "quota": {}, "labels": {"a/b": "c"}}
                    """),
            Reason.SubjectNotAllowed);
    assertThat(refusal.errors().getFirst().pointer()).isEqualTo("/owners/0/name");
    assertThat(refusal.errors())
        .extracting(Fault::pointer)
        .containsExactlyInAnyOrder(
            "/owners/0/name",
            "/generation",
            "/plan",
            "/owners/0/kind",
            "/owners/0/x",
            "/quota",
            "/labels/a~1b");
    assertThat(refusal.message()).startsWith("/owners/0/name ").endsWith("(and 6 more)");
  }

  @Test
  void manyFaultsStayWithinWhatAnEventCanCarry() {
    Refusal refusal =
        rejects(
            good().replacing("\"viewers\": []", "\"viewers\": [" + "7,".repeat(99_999) + "7]"),
            Reason.InvalidData);
    assertThat(refusal.errors()).hasSize(100);
    assertThat(refusal.message()).contains(" more)");
  }

  @ParameterizedTest
  @CsvSource({"suspended", "resumed", "hibernated", "offboarding-cancelled", "purge-approved"})
  void aTypeThatComesLater(String name) {
    rejects(of("acme", "dev.berth.tenant." + name + ".v1", "{}"), Reason.NotSupportedYet);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"reason": "x"}                                                   | /generation
          {"generation": 4}                                                 | /reason
          {"generation": 4, "reason": ""}                                   | /reason
          {"generation": 4, "reason": "x", "graceUntil": "soon"}            | /graceUntil
          {"generation": 4, "reason": "x", "deletionPolicy": "Burn"}        | /deletionPolicy
          {"generation": 4, "reason": "x", "namespaces": []}                | /namespaces
          """)
  void anOffboardingOutsideTheRules(String data, String pointer) {
    pointsAt(pointer, of("acme", "dev.berth.tenant.offboarding-requested.v1", data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "deletionPolicy": "Retain"                                        | /deletionPolicy
          "deletionPolicy": "Archive"                                       | /deletionPolicy
          "graceUntil": "2099-12-24T18:00:00+01:00"                         | /graceUntil
          "graceUntil": "2016-12-31T23:59:60Z"                              | /graceUntil
          "deletionPolicy": "Delete", "graceUntil": "2020-01-01T00:00:00Z"  | /graceUntil
          """)
  void aWishToKeepDataIsNotSupportedYet(String wish, String pointer) {
    Records record =
        of(
            "acme",
            "dev.berth.tenant.offboarding-requested.v1",
            "{\"generation\": 4, \"reason\": \"x\", %s}".formatted(wish));
    assertThat(rejects(record, Reason.NotSupportedYet).errors())
        .extracting(Fault::pointer)
        .containsExactly(pointer);
  }

  private void pointsAt(String pointer, Records record) {
    assertThat(rejects(record, Reason.InvalidData).errors())
        .extracting(Fault::pointer)
        .containsExactly(pointer);
  }

  private Refusal rejects(Records record, Reason reason) {
    Incoming incoming = decoder.decode(record.raw());
    assertThat(incoming).isInstanceOf(Invalid.class);
    Invalid rejected = (Invalid) incoming;
    assertThat(rejected.refusal().reason()).as(rejected.toString()).isEqualTo(reason);
    assertThat(rejected.refusal().message()).isNotBlank();
    assertThat(rejected.envelope().tenant().value()).isEqualTo("acme");
    return rejected.refusal();
  }
}
