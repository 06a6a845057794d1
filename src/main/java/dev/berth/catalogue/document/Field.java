package dev.berth.catalogue.document;

import dev.berth.plan.Quantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a document and where it stands. Reading never fails: what is wrong is noted and
 * something harmless is returned, so that one reading finds every error. An absent field is silent.
 */
public final class Field {

  private final @Nullable Node node;
  private final Optional<Mark> mark;
  private final String pointer;
  private final PlanErrors problems;

  private Field(@Nullable Node node, Optional<Mark> mark, String pointer, PlanErrors problems) {
    this.node = node;
    this.mark = mark;
    this.pointer = pointer;
    this.problems = problems;
  }

  public static Field document(Node node, PlanErrors problems) {
    return new Field(node, node.getStartMark(), "", problems);
  }

  static Field absent(PlanErrors problems) {
    return new Field(null, Optional.empty(), "", problems);
  }

  boolean isPresent() {
    return node != null;
  }

  Optional<Mark> mark() {
    return mark;
  }

  public void refuse(String message) {
    if (node != null) {
      problems.add(mark, pointer, message);
    }
  }

  /** Reads a mapping; every key that {@code reader} did not ask for is an error. */
  <T> T section(Function<Section, T> reader) {
    if (node != null && !(node instanceof MappingNode)) {
      refuse("must be a mapping of fields, not " + shown());
    }
    Section section = new Section(this, entries(), problems);
    T read = reader.apply(section);
    section.refuseUnknown();
    return read;
  }

  /** None if this is not a list. */
  List<Field> items() {
    List<Node> nodes = node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
    List<Field> items = new ArrayList<>();
    for (Node item : nodes) {
      items.add(new Field(item, item.getStartMark(), pointer + "/" + items.size(), problems));
    }
    return items;
  }

  /** The fields of a mapping whose keys are free. */
  Map<String, Field> entries() {
    Map<String, Field> entries = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(tuple -> addEntry(entries, tuple));
    }
    return entries;
  }

  /** A mapping of names to texts, such as labels. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping("texts").forEach((key, field) -> texts.put(key, field.text()));
    return texts;
  }

  /**
   * The fields of what must be a mapping whose keys are free.
   *
   * @param what its values are
   */
  Map<String, Field> mapping(String what) {
    if (node != null && !(node instanceof MappingNode)) {
      refuse("must be a mapping of " + what + ", not " + shown());
    }
    return entries();
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean is(String text) {
    return node instanceof ScalarNode scalar && scalar.getValue().equals(text);
  }

  String text() {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      return scalar.getValue();
    }
    refuse("must be a string, not " + shown());
    return "";
  }

  /**
   * @param rule says what the pattern takes
   */
  String text(Pattern pattern, String rule) {
    if (node instanceof ScalarNode scalar && pattern.matcher(scalar.getValue()).matches()) {
      return scalar.getValue();
    }
    refuse("must be " + rule + ", not " + shown());
    return "";
  }

  int integer(int min, int max) {
    return integer(min, max, min);
  }

  int integer(int min, int max, int byDefault) {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.INT)
        && scalar.getValue().matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(scalar.getValue());
      if (value >= min && value <= max) {
        return value;
      }
    }
    refuse("must be a whole number from %d to %d, not %s".formatted(min, max, shown()));
    return byDefault;
  }

  boolean flag(boolean byDefault) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    refuse("must be true or false, not " + shown());
    return byDefault;
  }

  <T> T choice(Map<String, T> choices, T byDefault) {
    T chosen = node instanceof ScalarNode scalar ? choices.get(scalar.getValue()) : null;
    if (chosen != null) {
      return chosen;
    }
    refuse("must be " + String.join(" or ", new TreeSet<>(choices.keySet())) + ", not " + shown());
    return byDefault;
  }

  long bytes(long min, long max) {
    Optional<String> whole =
        node instanceof ScalarNode scalar
            ? Quantity.wholeAbove(scalar.getValue())
            : Optional.empty();
    if (whole.isPresent()) {
      refuse("must be a whole number of bytes: write %s, not %s".formatted(whole.get(), shown()));
      return min;
    }
    OptionalLong bytes =
        node instanceof ScalarNode scalar
            ? Quantity.parseBytes(scalar.getValue())
            : OptionalLong.empty();
    return within(bytes, min, max, Quantity::bytes, "a quantity such as 512Mi or 4Gi");
  }

  long millis(long min, long max) {
    OptionalLong millis =
        node instanceof ScalarNode scalar
            ? Quantity.parseMillis(scalar.getValue())
            : OptionalLong.empty();
    return within(millis, min, max, Quantity::millis, "a quantity such as 500m or 2");
  }

  private long within(
      OptionalLong value, long min, long max, Function<Long, String> spelled, String rule) {
    if (value.isPresent() && value.getAsLong() >= min && value.getAsLong() <= max) {
      return value.getAsLong();
    }
    refuse(
        "must be %s from %s to %s, not %s"
            .formatted(rule, spelled.apply(min), spelled.apply(max), shown()));
    return min;
  }

  private void addEntry(Map<String, Field> entries, NodeTuple tuple) {
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      problems.add(tuple.getKeyNode().getStartMark(), pointer, "has a key that is not a string");
      return;
    }
    String name = key.getValue();
    Field field =
        new Field(
            tuple.getValueNode(), key.getStartMark(), pointer + "/" + escaped(name), problems);
    if (entries.putIfAbsent(name, field) != null) {
      field.refuse("is defined twice");
    }
  }

  /** Notes that a mapping lacks a field; that something is not a mapping was noted before. */
  void refuseMissing(String name) {
    if (node instanceof MappingNode) {
      problems.add(mark, pointer + "/" + escaped(name), "is missing");
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** The value as messages quote it. */
  String shown() {
    return switch (node) {
      case MappingNode mapping -> "a mapping";
      case SequenceNode sequence -> "a list";
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "empty";
      case ScalarNode scalar -> '"' + shortened(scalar.getValue()) + '"';
      case null, default -> "nothing";
    };
  }

  private static String shortened(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "...";
  }
}
