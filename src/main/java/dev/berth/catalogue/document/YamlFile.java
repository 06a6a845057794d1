package dev.berth.catalogue.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Bytes to YAML documents. Total, and bounded in what they may cost: no anchors, no tags, no deep
 * nesting.
 */
public final class YamlFile {

  public static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 16;

  private final LoadSettings settings;
  private final PlanErrors problems;

  public YamlFile(String file, PlanErrors problems) {
    this.settings =
        LoadSettings.builder()
            .setLabel(file)
            .setCodePointLimit(MAX_BYTES)
            .setAllowNonScalarKeys(true)
            .build();
    this.problems = problems;
  }

  /** The documents that hold something; none where anything is wrong. */
  public List<Node> documents(byte[] content) {
    List<Node> documents = new ArrayList<>();
    if (content.length > MAX_BYTES) {
      problems.add(Optional.empty(), "", "is larger than 1 MiB; spread the plans over files");
      return documents;
    }
    try {
      String text = decode(content);
      if (isHarmless(text)) {
        new Compose(settings).composeAllFromString(text).forEach(documents::add);
      }
    } catch (CharacterCodingException e) {
      problems.add(Optional.empty(), "", "is not UTF-8");
    } catch (MarkedYamlEngineException e) {
      problems.add(e.getProblemMark(), "", "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add(Optional.empty(), "", "is not YAML: " + e.getMessage());
    }
    documents.removeIf(document -> document.getTag().equals(Tag.NULL));
    return documents;
  }

  private static String decode(byte[] content) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
  }

  /** Looked at event by event, before anything is built from it. */
  private boolean isHarmless(String text) {
    int before = problems.count();
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
        refuse(event, "anchors and aliases are not used in plans; write the value out");
      }
      if (tag(event).isPresent()) {
        refuse(event, "tags are not used in plans; leave out " + tag(event).get());
      }
      if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
        refuse(event, "is nested deeper than " + MAX_DEPTH + " levels");
        return false;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
    return problems.count() == before;
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent collection -> collection.getTag();
      default -> Optional.empty();
    };
  }

  private void refuse(Event event, String message) {
    problems.add(event.getStartMark(), "", message);
  }
}
