package dev.berth.event.incoming;

import static dev.berth.event.Records.envelope;
import static dev.berth.event.Records.good;
import static dev.berth.event.Records.of;
import static dev.berth.event.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.event.RawRecord;
import dev.berth.event.RawRecord.Header;
import dev.berth.event.RawRecord.Position;
import dev.berth.event.Records;
import dev.berth.event.incoming.Incoming.Envelope;
import dev.berth.event.incoming.Incoming.Request;
import dev.berth.tenant.Cause;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.Subject;
import dev.berth.tenant.Subject.SubjectKind;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.TenantRequest.Offboard;
import dev.berth.tenant.TenantRequest.Origin;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.TenantSpec;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.KafkaMessageFactory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecoderTest {

  private static final TenantId ACME = new TenantId("acme");
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final Decoder decoder = new Decoder(Map.of(Records.TOPIC, Set.of(Records.SOURCE)));

  @Test
  void aSnapshotIsAnUpsert() {
    assertThat(request(good()).request())
        .isEqualTo(
            new Upsert(
                ACME,
                Origin.CREATED,
                new TenantSpec(
                    3,
                    new PlanRef("team", null),
                    "Acme GmbH",
                    List.of(new Subject(SubjectKind.Group, "5b1c-object-id", null)),
                    List.of(),
                    Map.of("cost-center", "4711"),
                    8,
                    "local",
                    Records.SNAPSHOT)));
  }

  @Test
  void whatASnapshotDoesNotSayIsLeftToThePlan() {
    String least =
        """
        {"generation": 1, "plan": "team@2", "owners": [{"kind": "ServiceAccount", "name": "ci", "namespace": "tenant-acme--jobs"}]}
        """;
    assertThat(request(of("acme", Records.CREATED, least)).request())
        .isEqualTo(
            new Upsert(
                ACME,
                Origin.CREATED,
                new TenantSpec(
                    1,
                    new PlanRef("team", 2),
                    "acme",
                    List.of(new Subject(SubjectKind.ServiceAccount, "ci", "tenant-acme--jobs")),
                    List.of(),
                    Map.of(),
                    null,
                    null,
                    least)));
  }

  @Test
  void onlyCreatedMayBeginANewIncarnation() {
    assertThat(origin("created")).isEqualTo(Origin.CREATED);
    assertThat(origin("updated")).isEqualTo(Origin.UPDATED);
    assertThat(origin("plan-changed")).isEqualTo(Origin.UPDATED);
  }

  private Origin origin(String name) {
    TenantRequest request =
        request(of("acme", "dev.berth.tenant." + name + ".v1", Records.SNAPSHOT)).request();
    return ((Upsert) request).origin();
  }

  @Test
  void anOffboardingIsUnderstood() {
    Records record =
        of(
            "acme",
            "dev.berth.tenant.offboarding-requested.v1",
            "{\"generation\": 9007199254740991, \"reason\": \"contract ended\", \"deletionPolicy\": \"Delete\", \"graceUntil\": null}");
    assertThat(request(record).request())
        .isEqualTo(new Offboard(ACME, 9007199254740991L, "contract ended"));
  }

  @ParameterizedTest
  @CsvSource({
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8;q=1",
    "Application/JSON",
    "' application/json '"
  })
  void binaryModeMayHaveParameters(String contentType) {
    assertThat(request(good().set("content-type", contentType)).envelope().id()).isEqualTo("id-1");
  }

  @ParameterizedTest
  @CsvSource({
    "application/cloudevents+json",
    "application/cloudevents+json; charset=utf-8",
    "Application/CloudEvents+JSON;charset=UTF-8"
  })
  void structuredModeSaysTheSame(String contentType) {
    Records record = structured(envelope(Records.SNAPSHOT)).set("content-type", contentType);
    Request structured = request(record);
    Request binary = request(good());

    assertThat(structured.envelope().sha256()).isEqualTo(binary.envelope().sha256());
    assertThat(structured.request())
        .usingRecursiveComparison()
        .ignoringFields("spec.document")
        .isEqualTo(binary.request());
    assertThat(((Upsert) structured.request()).spec().document())
        .isEqualTo(Records.SNAPSHOT.strip());
  }

  @Test
  void whatTheSdkWritesIsRead() {
    CloudEvent event =
        CloudEventBuilder.v1()
            .withId("id-1")
            .withSource(URI.create(Records.SOURCE))
            .withType(Records.CREATED)
            .withSubject("acme")
            .withData(
                "application/json",
                Records.SNAPSHOT.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .withExtension("partitionkey", "acme")
            .withExtension("retry", 7)
            .withTime(Instant.parse("2026-11-24T18:00:00Z").atOffset(java.time.ZoneOffset.UTC))
            .build();
    byte[] key = {'a', 'c', 'm', 'e'};
    ProducerRecord<byte[], byte[]> binary =
        KafkaMessageFactory.<byte[]>createWriter(Records.TOPIC, null, null, key).writeBinary(event);
    ProducerRecord<byte[], byte[]> structured =
        KafkaMessageFactory.<byte[]>createWriter(Records.TOPIC, null, null, key)
            .writeStructured(event, new JsonFormat());

    assertThat(decoder.decode(raw(binary))).isInstanceOf(Request.class);
    assertThat(decoder.decode(raw(structured))).isInstanceOf(Request.class);
    assertThat(((Request) decoder.decode(raw(structured))).envelope().sha256())
        .isEqualTo(((Request) decoder.decode(raw(binary))).envelope().sha256());
  }

  private static RawRecord raw(ProducerRecord<byte[], byte[]> sent) {
    List<Header> headers =
        StreamSupport.stream(sent.headers().spliterator(), false)
            .map(header -> new Header(header.key(), header.value()))
            .toList();
    return new RawRecord(
        new Position(sent.topic(), 0, 0), Instant.EPOCH, sent.key(), headers, sent.value());
  }

  @Test
  void theSameIsTheSameHoweverItIsWritten() {
    String hash = envelopeOf(good()).sha256();
    String otherwise =
        """
        {"cluster":"local","sandboxes":8,"labels":{"cost-center":"4711"},"viewers":[],
        "owners":[{"name":"5b1c-object-id","kind":"Group"}],"displayName":"\\u0041cme GmbH",
        "plan":"team","generation":3}\
        """;

    assertThat(envelopeOf(good().header("ce_time", "2026-11-24T18:00:00Z")).sha256())
        .isEqualTo(hash);
    assertThat(envelopeOf(good().value(otherwise)).sha256()).isEqualTo(hash);
  }

  @Test
  void anotherTypeSubjectOrValueIsAnother() {
    String hash = envelopeOf(good()).sha256();

    assertThat(envelopeOf(of("acme", "dev.berth.tenant.updated.v1", Records.SNAPSHOT)).sha256())
        .isNotEqualTo(hash);
    assertThat(envelopeOf(of("acme2", Records.CREATED, Records.SNAPSHOT)).sha256())
        .isNotEqualTo(hash);
    assertThat(envelopeOf(good().replacing("3,", "4,")).sha256()).isNotEqualTo(hash);
    assertThat(envelopeOf(good().replacing("\"cluster\"", "\"x\": 3.0, \"cluster\"")).sha256())
        .isNotEqualTo(
            envelopeOf(good().replacing("\"cluster\"", "\"x\": 3, \"cluster\"")).sha256());
  }

  @Test
  void theCauseIsTheInputsOwn() {
    assertThat(envelopeOf(good()).cause()).isEqualTo(new Cause("id-1", "id-1", null));
    assertThat(
            envelopeOf(good().header("ce_correlationid", "op-7").header("ce_traceparent", TRACE))
                .cause())
        .isEqualTo(new Cause("op-7", "id-1", TRACE));
    assertThat(envelopeOf(good().header("traceparent", TRACE)).cause().traceparent())
        .isEqualTo(TRACE);
  }

  @ParameterizedTest
  @CsvSource({
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "x"
  })
  void aTraceContextThatIsNoneIsPassedOver(String traceparent) {
    Records record = good().header("ce_traceparent", traceparent).header("traceparent", TRACE);
    assertThat(envelopeOf(record).cause().traceparent()).isEqualTo(TRACE);
  }

  @Test
  void theExpiryIsRead() {
    assertThat(request(good()).expiry()).isNull();
    assertThat(request(good().header("ce_expirytime", "2026-11-24T19:00:00+01:00")).expiry())
        .isEqualTo(Instant.parse("2026-11-24T18:00:00Z"));
  }

  @Test
  void otherHeadersMayBeThereTwice() {
    assertThat(request(good().header("x", "1").header("x", "2").header("x", (byte[]) null)))
        .isNotNull();
  }

  @Test
  void whatIsAtTheLimitsPasses() {
    Records record = good().set("ce_id", "ä".repeat(512)).header("x", "x".repeat(60_000));
    int room = (1 << 20) - Records.SNAPSHOT.length();
    record.value(Records.SNAPSHOT + " ".repeat(room));
    assertThat(request(record).envelope().id()).hasSize(512);
  }

  private Envelope envelopeOf(Records record) {
    return request(record).envelope();
  }

  private Request request(Records record) {
    Incoming incoming = decoder.decode(record.raw());
    assertThat(incoming).isInstanceOf(Request.class);
    return (Request) incoming;
  }
}
