package dev.berth.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that docs/operate.md gives Berth's Kafka user. */
final class DocumentedRights {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", "")).resolve("docs/operate.md");
  private static final Pattern TABLE =
      Pattern.compile("\\| right of Berth's Kafka user \\|.*\\n.*\\n((?:\\|.*\\n)+)");
  private static final Pattern ROW = Pattern.compile("\\| (.+) \\| (.+) \\|");
  private static final Pattern WORD = Pattern.compile("`([^`]+)`");

  private DocumentedRights() {}

  /**
   * @param topics all that Berth uses
   */
  static List<AclBinding> of(String user, String cluster, Set<String> topics) {
    Matcher table = TABLE.matcher(page());
    if (!table.find()) {
      throw new IllegalStateException(PAGE + " has no table of rights on Kafka");
    }
    return ROW.matcher(table.group(1))
        .results()
        .flatMap(row -> bindings(row, "User:" + user, cluster, topics))
        .toList();
  }

  private static Stream<AclBinding> bindings(
      MatchResult row, String principal, String cluster, Set<String> topics) {
    return resources(row.group(2), cluster, topics)
        .flatMap(resource ->
            Stream.of(row.group(1).split(", "))
                .map(right ->
                    new AccessControlEntry(
                        principal, "*", operation(right), AclPermissionType.ALLOW))
                .map(entry -> new AclBinding(resource, entry)));
  }

  private static Stream<ResourcePattern> resources(String on, String cluster, Set<String> topics) {
    if (on.equals("the other topics")) {
      return topics.stream()
          .filter(topic -> !topic.equals("tenant.events"))
          .map(topic -> resource(ResourceType.TOPIC, topic));
    }
    Matcher name = WORD.matcher(on);
    if (!name.find()) {
      throw new IllegalStateException(PAGE + " gives a right on what has no name: " + on);
    }
    ResourceType type =
        on.startsWith("group ")
            ? ResourceType.GROUP
            : on.startsWith("transactional id ")
                ? ResourceType.TRANSACTIONAL_ID
                : ResourceType.TOPIC;
    return Stream.of(resource(type, name.group(1).replace("<cluster>", cluster)));
  }

  private static ResourcePattern resource(ResourceType type, String name) {
    return new ResourcePattern(type, name, PatternType.LITERAL);
  }

  /** {@code DescribeConfigs} is {@code DESCRIBE_CONFIGS}. */
  private static AclOperation operation(String right) {
    return AclOperation.valueOf(
        right.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
  }

  private static String page() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
