package dev.berth.manifest.rule;

import static dev.berth.manifest.rule.Rule.each;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.local.process.Texts;
import dev.berth.manifest.Rendering;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That Berth reads everything that it is given, and is given everything that it needs. */
public final class SettingRules {
  private static final String LOCATIONS = "QUARKUS_CONFIG_LOCATIONS";
  private static final String CATALOGUE = "BERTH_CATALOGUE_DIRECTORY";
  private static final Pattern DOCUMENTED =
      Pattern.compile("`((?:berth|quarkus|kafka|mp)\\.\\S+)`");

  /** Read by the JVM and by the Azure client, not by Berth itself. */
  private static final Set<String> OF_OTHERS = Set.of("JAVA_TOOL_OPTIONS", "AZURE_CLIENT_ID");

  public static final List<Rule> ALL =
      List.of(
          new Rule("every variable is one that Berth reads", SettingRules::unreadVariables),
          new Rule("every property is one that Berth reads", SettingRules::unreadProperties),
          new Rule("every file that Berth reads is mounted", SettingRules::missingFiles),
          new Rule("everything that Berth needs is set", SettingRules::missingProperties));

  private SettingRules() {}

  private static List<String> unreadVariables(Rendering rendering) {
    Set<String> read =
        documented().stream()
            .map(SettingRules::variable)
            .collect(Collectors.toCollection(TreeSet::new));
    read.addAll(OF_OTHERS);
    read.add(LOCATIONS);
    return each(rendering.container().path("env"))
        .map(variable -> variable.path("name").asText())
        .filter(name -> !read.contains(name))
        .map(name -> name + " is not in docs/configuration.md")
        .toList();
  }

  private static List<String> unreadProperties(Rendering rendering) {
    return unread(properties(rendering).stringPropertyNames());
  }

  /** Those of the keys that Berth does not read. */
  public static List<String> unread(Set<String> keys) {
    Set<String> read = documented();
    return keys.stream()
        .filter(key -> !read.contains(key))
        .filter(key -> !key.startsWith("kafka."))
        .filter(key -> !key.matches("berth\\.capacity\\.moves\\.\".+\""))
        .filter(key -> !key.matches("quarkus\\.tls\\.[a-z0-9-]+\\.trust-store\\.pem\\.certs"))
        .map(key -> key + " is not in docs/configuration.md")
        .toList();
  }

  private static List<String> missingFiles(Rendering rendering) {
    Stream<String> files =
        Stream.concat(
            Stream.of(value(rendering, LOCATIONS).split(",")),
            Stream.of(value(rendering, CATALOGUE)).filter(it -> !it.isEmpty()));
    List<String> missing = new ArrayList<>();
    if (value(rendering, LOCATIONS).isEmpty()) {
      missing.add(LOCATIONS + " names none");
    }
    files
        .filter(file -> !file.isEmpty())
        .filter(file -> !isMounted(rendering, file))
        .forEach(file -> missing.add(file + " is on no volume that holds it"));
    if (value(rendering, CATALOGUE).isEmpty()
        && rendering.one("ConfigMap", "berth-plans").has("data")) {
      missing.add("nothing reads ConfigMap berth-plans: " + CATALOGUE + " is not set");
    }
    return missing;
  }

  private static List<String> missingProperties(Rendering rendering) {
    Properties given = properties(rendering);
    List<String> needed =
        new ArrayList<>(
            List.of("berth.cluster", "berth.events.sources", "kafka.bootstrap.servers"));
    if (!given.getProperty("berth.api.auth", "oidc").equals("none")) {
      needed.addAll(List.of("quarkus.oidc.auth-server-url", "quarkus.oidc.token.audience"));
    }
    Stream<String> identity = Stream.of();
    if (!given.getProperty("berth.azure.mode", "off").equals("off")) {
      Stream.of("subscription", "resource-group", "cluster-name")
          .forEach(key -> needed.add("berth.azure." + key));
      boolean webhook =
          rendering
              .template()
              .at("/metadata/labels")
              .path("azure.workload.identity/use")
              .toString()
              .equals("\"true\"");
      identity =
          webhook && !value(rendering, "AZURE_CLIENT_ID").isEmpty()
              ? Stream.of()
              : Stream.of("an identity: label azure.workload.identity/use and AZURE_CLIENT_ID");
    }
    return Stream.concat(
            needed.stream().filter(key -> given.getProperty(key, "").isBlank()), identity)
        .map(key -> "nothing sets " + key)
        .toList();
  }

  private static boolean isMounted(Rendering rendering, String file) {
    return each(rendering.container().path("volumeMounts"))
        .filter(mount -> (file + "/").startsWith(mount.path("mountPath").asText() + "/"))
        .flatMap(mount ->
            each(rendering.template().at("/spec/volumes"))
                .filter(volume -> volume.path("name").equals(mount.path("name")))
                .map(volume -> holds(rendering, volume, file, mount.path("mountPath").asText())))
        .anyMatch(found -> found);
  }

  private static boolean holds(Rendering rendering, JsonNode volume, String file, String mount) {
    if (volume.has("configMap")) {
      JsonNode data = PlaceRules.configMap(rendering, volume).path("data");
      return file.equals(mount) ? data.size() > 0 : data.has(file.substring(mount.length() + 1));
    }
    return volume.has("secret") || volume.has("csi") || volume.has("projected");
  }

  /** Of every ConfigMap that is mounted where a properties file is read. */
  private static Properties properties(Rendering rendering) {
    Properties all = new Properties();
    for (JsonNode volume : rendering.template().at("/spec/volumes")) {
      JsonNode file = PlaceRules.configMap(rendering, volume).at("/data/berth.properties");
      try {
        all.load(new StringReader(file.asText()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private static String value(Rendering rendering, String variable) {
    return each(rendering.container().path("env"))
        .filter(it -> it.path("name").asText().equals(variable))
        .map(it -> it.path("value").asText())
        .findFirst()
        .orElse("");
  }

  /** Every key that the first column of a table in docs/configuration.md names. */
  private static Set<String> documented() {
    Set<String> keys = new TreeSet<>();
    Texts.read(Rendering.PROJECT.resolve("docs/configuration.md"))
        .orElseThrow()
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.substring(0, line.indexOf('|', 1)))
        .forEach(
            cell -> DOCUMENTED.matcher(cell).results().map(SettingRules::key).forEach(keys::add));
    keys.addAll(List.of("quarkus.datasource.username", "quarkus.datasource.password"));
    return keys;
  }

  private static String key(MatchResult found) {
    return found.group(1);
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }
}
