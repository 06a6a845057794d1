package dev.berth.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.berth.journey.stage.Letter;
import dev.berth.journey.stage.Stage;
import dev.berth.journey.stage.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A record that Berth must not take, and what is to become of it.
 *
 * @param rejected whether it is authorised and decodable, and so is answered to its tenant
 */
record BadInput(String name, String tenant, Letter letter, String reason, boolean rejected) {

  private static final String GOOD = Wish.of("starter").json();

  static List<BadInput> all() {
    List<BadInput> all = new ArrayList<>();
    all.addAll(envelopes());
    all.addAll(tenantIds());
    all.addAll(data());
    all.addAll(typesToCome());
    return all;
  }

  private static List<BadInput> envelopes() {
    return List.of(
        refused("a value of 2 MiB", "TooLarge", l -> l.value(new byte[2 * 1024 * 1024])),
        refused("no key", "NoKey", l -> l.key(null)),
        refused("no value", "NoValue", l -> l.value(null)),
        refused("a key that is not the subject", "KeyMismatch", l -> l.key("another")),
        refused("two ids", "DuplicateHeader", l -> l.also("ce_id", "second")),
        refused("no id", "NotCloudEvent", l -> l.without("ce_id")),
        refused("another content type", "NotCloudEvent", l -> l.with("content-type", "text/plain")),
        refused(
            "data in Avro", "NotCloudEvent", l -> l.also("ce_datacontenttype", "application/avro")),
        refused(
            "an unknown type", "UnknownType", l -> l.with("ce_type", "dev.berth.tenant.eaten.v1")),
        refused(
            "an unknown major",
            "UnknownType",
            l -> l.with("ce_type", "dev.berth.tenant.created.v2")),
        refused(
            "a source that is not allowed",
            "SourceNotAllowed",
            l -> l.with("ce_source", "/control-plane/")));
  }

  private static List<BadInput> tenantIds() {
    return Stream.of("Acme", "a--b", "-a", "a".repeat(41), "kube-system", "\u2693\uD83D\uDEA2", "")
        .map(id ->
            new BadInput(
                "the tenant id '" + id + "'",
                id,
                Letter.event("created.v1", id, GOOD),
                "InvalidTenantId",
                false))
        .toList();
  }

  private static List<BadInput> data() {
    return List.of(
        rejected("cut JSON", "InvalidData", GOOD.substring(0, GOOD.length() / 2)),
        rejected("JSON 10,000 deep", "InvalidData", "[".repeat(10_000) + "]".repeat(10_000)),
        rejected("bytes that are no UTF-8", "InvalidData", l -> l.value(noUtf8())),
        rejected(
            "system:masters as owner", "SubjectNotAllowed", with("'owners'}", "'system:masters'}")),
        rejected(
            "an owner in the place of a list of one",
            "InvalidData",
            GOOD.replaceFirst("\\[(\\{[^]]*})]", "$1")),
        rejected(
            "a viewer in the place of a list of one",
            "InvalidData",
            with("'viewers': []", "'viewers': {'kind': 'User', 'name': 'u'}")),
        rejected("an owner of kind Pod", "InvalidData", GOOD.replace("Group", "Pod")),
        rejected(
            "a label with a prefix",
            "InvalidData",
            with("'labels': {}", "'labels': {'berth.dev/tenant': 'x'}")),
        rejected(
            "isolation: shared",
            "InvalidData",
            with("'labels'", "'isolation': 'shared', 'labels'")),
        rejected("generation 0", "InvalidData", generation("0")),
        rejected("generation 2^62", "InvalidData", generation("4611686018427387904")),
        rejected("generation 3.0", "InvalidData", generation("3.0")),
        rejected("a generation far ahead", "GenerationGap", generation("1000001")));
  }

  private static List<BadInput> typesToCome() {
    return Stream.of(
            "suspended", "resumed", "hibernated", "offboarding-cancelled", "purge-approved")
        .map(type ->
            rejected(
                "the type " + type + ", which is to come",
                "NotSupportedYet",
                l -> l.with("ce_type", "dev.berth.tenant." + type + ".v1")))
        .toList();
  }

  private static BadInput refused(String name, String reason, UnaryOperator<Letter> spoil) {
    String tenant = Stage.tenant("refused");
    return new BadInput(
        name, tenant, spoil.apply(Letter.event("created.v1", tenant, GOOD)), reason, false);
  }

  private static BadInput rejected(String name, String reason, UnaryOperator<Letter> spoil) {
    String tenant = Stage.tenant("rejected");
    return new BadInput(
        name, tenant, spoil.apply(Letter.event("created.v1", tenant, GOOD)), reason, true);
  }

  private static BadInput rejected(String name, String reason, String data) {
    return rejected(name, reason, l -> l.value(data.getBytes(UTF_8)));
  }

  private static String with(String old, String changed) {
    String data = GOOD.replace(Stage.quoted(old), Stage.quoted(changed));
    if (data.equals(GOOD)) {
      throw new IllegalArgumentException("%s is not in %s".formatted(old, GOOD));
    }
    return data;
  }

  private static String generation(String number) {
    return with("'generation': 1,", "'generation': " + number + ",");
  }

  private static byte[] noUtf8() {
    byte[] bytes = GOOD.getBytes(UTF_8);
    byte[] spoiled = Arrays.copyOf(bytes, bytes.length);
    spoiled[GOOD.indexOf("Acme")] = (byte) 0xC3;
    return spoiled;
  }

  @Override
  public String toString() {
    return name;
  }
}
