package dev.berth.catalogue;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The sha256 of what a document says: comments, quotes, order of fields and style do not count. It
 * is taken from the document, not from the plan read from it, and so outlives new fields of plans.
 */
final class ContentHash {

  private ContentHash() {}

  static String of(Node document) {
    byte[] content = canonical(document).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String canonical(Node node) {
    return switch (node) {
      case ScalarNode scalar -> quoted(scalar.getValue());
      case SequenceNode list ->
          list.getValue().stream().map(ContentHash::canonical).collect(joining(",", "[", "]"));
      case MappingNode mapping ->
          mapping.getValue().stream()
              .map(ContentHash::entry)
              .sorted()
              .collect(joining(",", "{", "}"));
      default -> "";
    };
  }

  private static String entry(NodeTuple entry) {
    return canonical(entry.getKeyNode()) + ":" + canonical(entry.getValueNode());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
