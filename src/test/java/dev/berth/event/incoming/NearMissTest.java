package dev.berth.event.incoming;

import static dev.berth.event.Records.envelope;
import static dev.berth.event.Records.good;
import static dev.berth.event.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Refused;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.tenant.condition.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the libraries of others really send: it is taken, or told by its own name. */
class NearMissTest {

  private static final List<String> ATTRIBUTES =
      List.of("specversion", "id", "source", "type", "subject");

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  @Test
  void withoutAContentTypeDataAreJson() {
    assertTaken(good().without("content-type"));
    assertTaken(good().without("content-type").header("content-type", (byte[]) null));
    assertTaken(good().without("content-type").header("ce_datacontenttype", "application/json"));
    assertTaken(good().without("content-type").header("contentType", "application/json"));
    assertTaken(good().header("ce_datacontenttype", "application/json; charset=utf-8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/avro", "application/xml", "text/json", "application/x-protobuf"})
  void anotherFormatIsNamed(String type) {
    assertThat(refused(good().set("content-type", type))).contains(type, "application/json");
    assertThat(refused(good().header("ce_datacontenttype", type)))
        .contains("datacontenttype", type, "application/json");
    assertThat(refused(good().without("content-type").header("ce_datacontenttype", type)))
        .contains("datacontenttype", type, "application/json");
    assertThat(refused(good().without("content-type").header("Content-Type", type)))
        .contains("Content-Type", type, "content-type");
    assertThat(
            refused(
                structured(
                    envelope(Records.SNAPSHOT)
                        .replace(
                            "\"datacontenttype\": \"application/json\"",
                            "\"datacontenttype\": \"" + type + "\""))))
        .contains("datacontenttype", type, "application/json");
  }

  @ParameterizedTest
  @CsvSource({"ce-", "CE_", "Ce-", "cloudEvents_", "cloudEvents:", "ce", "''"})
  void aPrefixOfAnotherBinding(String prefix) {
    String message = refused(renamed(name -> prefix + name));

    assertThat(message)
        .contains(
            "specversion is missing", "header " + prefix + "specversion,", "ce_specversion: 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "id, ce_Id, ce_id: 8f1c-42",
    "source, ce_SOURCE, ce_source: /control-plane",
    "type, ce-type, ce_type: dev.berth.tenant.created.v1",
    "subject, Subject, ce_subject: acme"
  })
  void oneNameAlone(String attribute, String name, String example) {
    Records record = good();
    String value = new String(header(record, "ce_" + attribute));
    assertThat(refused(record.without("ce_" + attribute).header(name, value)))
        .contains(attribute + " is missing", "header " + name + ",", example);
  }

  @Test
  void nothingLikeItIsThere() {
    assertThat(refused(good().without("ce_id")))
        .isEqualTo("attribute id is missing: send a header such as ce_id: 8f1c-42");
    assertThat(refused(structured("{\"specversion\": \"1.0\"}")))
        .isEqualTo("attribute id is missing: send a member such as \"id\": \"8f1c-42\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"specVersion", "SpecVersion", "spec_version", "cloudEventsVersion"})
  void aMemberInAnotherCase(String name) {
    String event = envelope(Records.SNAPSHOT).replace("\"specversion\"", "\"" + name + "\"");
    boolean alike = !name.equals("cloudEventsVersion");
    assertThat(refused(structured(event)))
        .contains("specversion is missing", "\"specversion\": \"1.0\"")
        .matches(message -> message.contains("member " + name) == alike);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Type", "contentType", "content_type", "CONTENT-TYPE"})
  void aWholeEventUnderAnotherNameOfTheContentType(String name) {
    Records record =
        structured(envelope(Records.SNAPSHOT))
            .without("content-type")
            .header(name, "application/cloudevents+json");
    assertThat(refused(record))
        .contains("header " + name, "content-type: application/cloudevents+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "application/json; charset=utf-8", ""})
  void aWholeEventThatIsCalledData(String type) {
    Records record = structured(envelope(Records.SNAPSHOT)).without("content-type");
    assertThat(refused(type.isEmpty() ? record : record.header("content-type", type)))
        .contains("whole CloudEvent", "content-type: application/cloudevents+json");
  }

  @Test
  void manyEventsInOneRecord() {
    assertThat(refused(good().set("content-type", "application/cloudevents-batch+json")))
        .contains("a record of its own");
  }

  @Test
  void aVersionInQuotationMarksIsShown() {
    assertThat(refused(good().set("ce_specversion", "\"1.0\"")))
        .isEqualTo("specversion is \"1.0\", it must be 1.0, without quotation marks");
    assertThat(refused(good().set("ce_specversion", "1"))).contains("is 1, it must be 1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"correlationId", "trace-parent", "x_y"})
  void aNameThatNoAttributeMayHave(String name) {
    assertThat(refused(good().header("ce_" + name, "x")))
        .contains(name, "lower-case", "correlationid");
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2015-06-30T23:59:60.25Z, 2015-07-01T00:00:00.250Z",
    "2017-01-01T00:59:60+01:00, 2017-01-01T00:00:00Z",
    "2016-12-31t23:59:60z, 2017-01-01T00:00:00Z",
    "2016-12-31T23:59:59.1234567891Z, 2016-12-31T23:59:59.123456789Z"
  })
  void aLeapSecondIsATime(String time, String instant) {
    Records record = good().header("ce_time", time).header("ce_expirytime", time);
    assertThat(((Request) decoder.decode(record.raw())).expiry()).hasToString(instant);
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T12:00:60Z, second 60",
    "2016-12-30T23:59:60Z, second 60",
    "2016-12-31T23:59:60+01:00, second 60",
    "2016-12-31T23:59:61Z, does not exist",
    "2026-02-30T00:00:00Z, does not exist",
    "2026-11-24T24:00:01Z, does not exist",
    "2026-11-24 18:00:00Z, RFC 3339",
    "2026-11-24T18:00:00, RFC 3339",
    "2026-11-24T18:00:00123Z, RFC 3339",
    "1764007200, RFC 3339"
  })
  void aTimeThatIsNoneIsToldWhy(String time, String why) {
    for (String attribute : List.of("time", "expirytime")) {
      assertThat(refused(good().header("ce_" + attribute, time)))
          .startsWith(attribute + " " + time)
          .contains(why);
    }
  }

  private static Records renamed(UnaryOperator<String> name) {
    Records record = good();
    for (String attribute : ATTRIBUTES) {
      byte[] value = header(record, "ce_" + attribute);
      record.without("ce_" + attribute).header(name.apply(attribute), value);
    }
    return record;
  }

  private static byte[] header(Records record, String name) {
    return record.raw().headers().stream()
        .filter(header -> header.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private void assertTaken(Records record) {
    assertThat(decoder.decode(record.raw())).isInstanceOf(Request.class);
  }

  private String refused(Records record) {
    Incoming incoming = decoder.decode(record.raw());
    assertThat(incoming).isInstanceOf(Refused.class);
    assertThat(((Refused) incoming).refusal().reason()).isEqualTo(Reason.NotCloudEvent);
    return ((Refused) incoming).refusal().message();
  }
}
