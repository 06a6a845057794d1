package dev.berth.manifest.tried;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.manifest.Chart;
import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.Rule;
import dev.berth.manifest.rule.SettingRules;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages about products of others say what the rest of the papers and the manifests say. */
class HousesIT {
  private static final Path PAGES = Rendering.PROJECT.resolve("docs/houses");
  private static final Pattern TOPIC =
      Pattern.compile("(?m)^\\| `([a-z.-]+)` \\| `(delete|compact)` \\|.*\\|$");
  private static final Pattern PROPERTIES = Pattern.compile("(?s)```properties\n(.*?)```");

  private final Rendering strimzi = Rendering.of("k8s/houses/strimzi");

  @Test
  void strimziMakesTheTopicsThatBerthNeeds() throws IOException {
    Map<String, String> documented = new TreeMap<>();
    TOPIC
        .matcher(Files.readString(Rendering.PROJECT.resolve("docs/operate.md")))
        .results()
        .forEach(row -> documented.put(row.group(1), row.group(2)));

    assertThat(strimzi.all("KafkaTopic"))
        .hasSize(documented.size())
        .allSatisfy(topic -> {
          JsonNode spec = topic.path("spec");
          assertThat(spec.at("/config").path("cleanup.policy").asText())
              .isEqualTo(documented.get(topic.at("/metadata/name").asText()));
          assertThat(spec.path("partitions").asInt()).isEqualTo(6);
          assertThat(spec.path("replicas").asInt()).isEqualTo(3);
          assertThat(spec.at("/config").path("min.insync.replicas").asInt()).isEqualTo(2);
        });
  }

  @Test
  void strimziGivesBerthTheRightsThatAreListed() {
    String rights =
        Rule.each(strimzi.one("KafkaUser", "berth").at("/spec/authorization/acls"))
            .map(acl ->
                "%s %s: %s"
                    .formatted(
                        acl.at("/resource/type").asText(),
                        acl.at("/resource/name").asText(),
                        Rule.each(acl.path("operations"))
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", "))))
            .collect(Collectors.joining("\n"));

    assertThat(rights)
        .isEqualTo(
            """
            topic tenant.events: Read, Describe, DescribeConfigs
            topic tenant.lifecycle: Write, Describe, DescribeConfigs
            topic tenant.state: Write, Describe, DescribeConfigs
            topic tenant.quarantine: Write, Describe, DescribeConfigs
            topic node-pool.lifecycle: Write, Describe, DescribeConfigs
            group berth: Read
            transactionalId berth-relay-prod: Write, Describe\
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "external-secret/external-secret.yaml",
        "csi-secret/secret-provider-class.yaml",
        "csi-secret/volume.yaml"
      })
  void theManifestsOfKeyVaultAreThoseThatAreRendered(String file) throws IOException {
    assertThat(Files.readString(PAGES.resolve("key-vault.md")))
        .contains(Chart.text("src/test/resources/overlays/" + file));
  }

  @Test
  void everySettingOfAPageIsOneThatBerthReads() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      for (Path page : pages.toList()) {
        Properties settings = new Properties();
        for (var block : PROPERTIES.matcher(Files.readString(page)).results().toList()) {
          settings.load(new StringReader(block.group(1)));
        }
        assertThat(SettingRules.unread(settings.stringPropertyNames()))
            .as(page.toString())
            .isEmpty();
      }
    }
  }
}
