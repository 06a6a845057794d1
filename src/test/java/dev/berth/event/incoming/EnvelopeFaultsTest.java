package dev.berth.event.incoming;

import static dev.berth.event.Records.envelope;
import static dev.berth.event.Records.good;
import static dev.berth.event.Records.of;
import static dev.berth.event.Records.structured;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.tenant.condition.Reason;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a record before its data are looked at: it is refused. */
class EnvelopeFaultsTest {

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          content-type    | text/plain                            | NotCloudEvent
          content-type    | application/jsonx                     | NotCloudEvent
          content-type    | application/cloudevents-batch+json    | NotCloudEvent
          content-type    | application/json, text/plain          | NotCloudEvent
          ce_specversion  | 0.3                                   | NotCloudEvent
          ce_specversion  | 1.1                                   | NotCloudEvent
          ce_id           | ``                                    | NotCloudEvent
          ce_source       | a b%                                  | NotCloudEvent
          ce_source       | /elsewhere                            | SourceNotAllowed
          ce_source       | /control-plane/                       | SourceNotAllowed
          ce_source       | /Control-Plane                        | SourceNotAllowed
          ce_type         | ``                                    | NotCloudEvent
          ce_type         | dev.berth.tenant.exploded.v1          | UnknownType
          ce_type         | dev.berth.tenant.created.v2           | UnknownType
          ce_type         | dev.berth.tenant.provisioned.v1       | UnknownType
          ce_subject      | initech                               | KeyMismatch
          ce_partitionkey | initech                               | KeyMismatch
          ce_time         | yesterday                             | NotCloudEvent
          ce_expirytime   | soon                                  | NotCloudEvent
          ce_expirytime   | +999999999-01-01T00:00:00Z            | NotCloudEvent
          ce_Bad_Name     | x                                     | NotCloudEvent
          """)
  void aHeaderOfThatValue(String header, String text, Reason reason) {
    refuses(good().set(header, text), reason);
  }

  @ParameterizedTest
  @CsvSource({"ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject"})
  void aHeaderThatIsMissing(String header) {
    refuses(good().without(header), Reason.NotCloudEvent);
    refuses(good().without(header).header(header, (byte[]) null), Reason.NotCloudEvent);
  }

  @ParameterizedTest
  @CsvSource({"content-type", "ce_specversion", "ce_id", "ce_source", "ce_type", "ce_subject"})
  void aHeaderThatIsThereTwice(String header) {
    refuses(good().header(header, "x"), Reason.DuplicateHeader);
  }

  @Test
  void aHeaderThatIsThereTwiceWithTheSameValue() {
    refuses(good().header("ce_id", "id-1"), Reason.DuplicateHeader);
  }

  @ParameterizedTest
  @CsvSource({
    "Acme",
    "a--b",
    "-a",
    "a-",
    "kube-system",
    "my-system",
    "default",
    "berth",
    "a.b",
    "a_b",
    "😀"
  })
  void aTenantIdOutsideTheRules(String tenant) {
    refuses(of(tenant, Records.CREATED, Records.SNAPSHOT), Reason.InvalidTenantId);
  }

  @Test
  void aTenantIdThatIsEmptyOrTooLong() {
    refuses(of("", Records.CREATED, Records.SNAPSHOT), Reason.InvalidTenantId);
    refuses(of("a".repeat(41), Records.CREATED, Records.SNAPSHOT), Reason.InvalidTenantId);
    assertThat(decoder.decode(of("a".repeat(40), Records.CREATED, Records.SNAPSHOT).raw()))
        .isInstanceOf(Incoming.Request.class);
  }

  @Test
  void aKeyOrValueThatIsMissing() {
    refuses(good().key(null), Reason.NoKey);
    refuses(good().value(null), Reason.NoValue);
    refuses(good().key("initech"), Reason.KeyMismatch);
    refuses(good().key(""), Reason.KeyMismatch);
  }

  @Test
  void sizesBeyondTheLimits() {
    refuses(good().bytes(new byte[2 << 20]), Reason.TooLarge);
    refuses(good().header("x", "x".repeat(64 << 10)), Reason.TooLarge);
    refuses(good().set("ce_id", "x".repeat(513)), Reason.TooLarge);
    refuses(good().set("ce_source", "x".repeat(513)), Reason.TooLarge);
    refuses(good().header("ce_correlationid", "x".repeat(513)), Reason.TooLarge);
    refuses(structured(envelope("{}").replace("id-1", "x".repeat(513))), Reason.TooLarge);
    Records many = good();
    Stream.iterate(0, i -> i + 1).limit(195).forEach(i -> many.header("x", "y"));
    refuses(many, Reason.TooLarge);
  }

  @Test
  void attributesThatNoLogShouldShow() {
    refuses(good().set("ce_id", "a\0b"), Reason.NotCloudEvent);
    refuses(good().set("ce_id", "a\r\nb"), Reason.NotCloudEvent);
    refuses(good().set("ce_id", "\u001b[2J"), Reason.NotCloudEvent);
    byte[] overlong = {(byte) 0xC0, (byte) 0x80};
    refuses(good().without("ce_id").header("ce_id", overlong), Reason.NotCloudEvent);
    refuses(structured(envelope("{}").replace("id-1", "\\u0000")), Reason.NotCloudEvent);
    refuses(structured(envelope("{}").replace("id-1", "\\ud800")), Reason.NotCloudEvent);
  }

  @ParameterizedTest
  @MethodSource
  void structuredModeThatIsNone(String value) {
    refuses(structured(value), Reason.NotCloudEvent);
  }

  static Stream<Arguments> structuredModeThatIsNone() {
    String event = envelope("{}");
    return Stream.of(
            "",
            "[1]",
            event.substring(0, 120),
            event + "x",
            "\uFEFF" + event,
            event.replace("\"data\"", "\"data_base64\""),
            event.replace("\"id\"", "\"id\": \"id-0\", \"id\""),
            event.replace("\"id-1\"", "[]"),
            event.replace("\"id-1\"", "1.5"),
            event.replace("\"id-1\"", "null"),
            event.replace(
                "\"datacontenttype\": \"application/json\"", "\"datacontenttype\": \"text/xml\""),
            envelope("[".repeat(200_000)))
        .map(Arguments::of);
  }

  @Test
  void structuredModeInAnotherEncoding() {
    byte[] latin = envelope("\"ä\"").getBytes(ISO_8859_1);
    refuses(structured("").bytes(latin), Reason.NotCloudEvent);
  }

  @Test
  void theSourceIsJudgedBeforeTheKey() {
    refuses(good().set("ce_source", "/elsewhere").key("initech"), Reason.SourceNotAllowed);
  }

  @Test
  void aTopicWithoutSourcesTakesNothing() {
    Decoder closed = new Decoder(Map.of("another", Set.of(Records.SOURCE)));
    assertThat(closed.decode(good().raw()))
        .isInstanceOfSatisfying(
            Refused.class,
            it -> assertThat(it.refusal().reason()).isEqualTo(Reason.SourceNotAllowed));
  }

  private void refuses(Records record, Reason reason) {
    assertThat(decoder.decode(record.raw()))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal().reason()).as(refused.toString()).isEqualTo(reason);
              assertThat(refused.refusal().message()).isNotBlank();
            });
  }
}
