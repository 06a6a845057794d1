package dev.berth.plan.decide;

import dev.berth.plan.Ipv4Block;
import dev.berth.plan.Operation;
import dev.berth.plan.Work;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Work as text that a person reviews: every member of every operation. */
final class Transcript {

  private Transcript() {}

  static String of(Work work) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("sandboxes", members(work.sandboxes()));
    document.put(
        "findings",
        work.findings().stream()
            .map(f -> f.type() + " " + f.reason() + ": " + f.message())
            .toList());
    document.put(
        "operations", work.operations().stream().map(o -> Map.of(o.id(), members(o))).toList());
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setWidth(1000)
            .setDereferenceAliases(true)
            .build();
    return new Dump(settings).dumpToString(document);
  }

  private static Object described(Object value) {
    return switch (value) {
      case Map<?, ?> map -> new TreeMap<>(map);
      case List<?> list -> list.stream().map(Transcript::described).toList();
      case Integer number -> number;
      case Long number -> number;
      case Boolean flag -> flag;
      case Operation.Proof proof when members(proof).isEmpty() -> proof.toString();
      case Operation.Proof proof -> Map.of(proof.toString(), members(proof));
      case Ipv4Block block -> block.toString();
      case Record record -> members(record);
      default -> value.toString();
    };
  }

  private static Map<String, Object> members(Record record) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value = value(record, component);
      if (value != null && !component.getName().equals("namespace")) {
        members.put(component.getName(), described(value));
      }
    }
    return members;
  }

  private static Map<String, Object> members(Object record) {
    return members((Record) record);
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(component.toString(), e);
    }
  }
}
