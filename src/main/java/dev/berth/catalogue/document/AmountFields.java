package dev.berth.catalogue.document;

import dev.berth.plan.Plan;
import dev.berth.plan.Quantity;
import dev.berth.plan.capacity.ObjectCount;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How much of everything a plan gives. */
final class AmountFields {

  private static final int MANY = 100_000;
  private static final long MEBI = 1L << 20;
  private static final long LEAST_SANDBOX = 128 * MEBI;
  private static final long MOST_MEMORY = MEBI << 24;
  private static final long MOST_STORAGE = MEBI << 33;
  private static final long MOST_CPU = 10_000_000;
  private static final long LEAST_EPHEMERAL_OF_ONE = 64 * MEBI;
  private static final Pattern EXTENDED =
      Pattern.compile(
          "(?!requests\\.)(?!([^/]*\\.)?kubernetes\\.io/)[a-z0-9]([-a-z0-9.]{0,200}[a-z0-9])?"
              + "/[A-Za-z0-9]([-A-Za-z0-9_.]{0,51}[A-Za-z0-9])?");
  private static final Pattern HUGE_PAGES = Pattern.compile("hugepages-([1-9][0-9]{0,3}[KMG]i)");

  private final Section plan;
  private final boolean sandboxed;
  private final int namespaces;

  private AmountFields(Section plan, boolean sandboxed, int namespaces) {
    this.plan = plan;
    this.sandboxed = sandboxed;
    this.namespaces = namespaces;
  }

  static Plan.Amounts read(Section plan, boolean sandboxed, int namespaces) {
    return new AmountFields(plan, sandboxed, namespaces).read();
  }

  private Plan.Amounts read() {
    Plan.Sandbox sandbox = plan.required("sandbox").section(this::sandbox);
    return new Plan.Amounts(
        sandbox,
        plan.required("storage").section(s -> storage(s, sandbox.count().max())),
        plan.required("objects").section(AmountFields::objects),
        resources(plan.optional("resources")));
  }

  private Plan.Sandbox sandbox(Section sandbox) {
    return new Plan.Sandbox(
        sandbox.required("memory").bytes(sandboxed ? LEAST_SANDBOX : MEBI, MOST_MEMORY),
        sandbox.required("cpu").millis(1, MOST_CPU),
        sandbox.required("count").section(this::count));
  }

  private Plan.Count count(Section count) {
    Field byDefault = count.required("default");
    Field min = count.required("min");
    Field max = count.required("max");
    Plan.Count read =
        new Plan.Count(
            byDefault.integer(1, MANY), min.integer(1, MANY), max.integer(1, MANY, MANY));
    if (!count.isSound()) {
      return read;
    }
    if (read.min() < namespaces) {
      min.refuse(
          "%d sandboxes are not enough for %d namespaces, each of which gets at least one"
              .formatted(read.min(), namespaces));
    }
    if (read.byDefault() < read.min() || read.byDefault() > read.max()) {
      byDefault.refuse(
          "must lie within min and max: %d <= %d <= %d does not hold"
              .formatted(read.min(), read.byDefault(), read.max()));
    }
    return read;
  }

  private Plan.Storage storage(Section storage, int sandboxes) {
    return new Plan.Storage(
        storage.required("capacity").bytes(0, MOST_STORAGE),
        storage.required("claims").integer(0, MANY),
        ephemeral(storage.optional("ephemeral"), sandboxes),
        NameLists.classes(storage.optional("classes")));
  }

  private @Nullable Long ephemeral(Field field, int sandboxes) {
    if (!field.isPresent()) {
      return null;
    }
    long ephemeral = field.bytes(LEAST_EPHEMERAL_OF_ONE, MOST_STORAGE);
    if (plan.isSound() && ephemeral / sandboxes < LEAST_EPHEMERAL_OF_ONE) {
      field.refuse(
          "%s are not enough for %d sandboxes, each of which gets at least %s"
              .formatted(field.shown(), sandboxes, Quantity.bytes(LEAST_EPHEMERAL_OF_ONE)));
    }
    return ephemeral;
  }

  private static Map<String, Integer> objects(Section objects) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ObjectCount count : ObjectCount.values()) {
      String name = count.nameInPlans();
      Field field = count.isRequired() ? objects.required(name) : objects.optional(name);
      if (count.isRequired() || field.isPresent()) {
        counts.put(name, field.integer(0, MANY));
      }
    }
    return counts;
  }

  private static Map<String, Long> resources(Field resources) {
    Map<String, Long> amounts = new HashMap<>();
    resources.mapping("amounts").forEach((name, amount) -> amounts.put(name, amount(name, amount)));
    return amounts;
  }

  private static long amount(String name, Field amount) {
    Matcher pages = HUGE_PAGES.matcher(name);
    if (pages.matches()) {
      long bytes = amount.bytes(0, MOST_MEMORY);
      if (bytes % Quantity.parseBytes(pages.group(1)).orElse(1) != 0) {
        amount.refuse("must be a whole number of pages of " + pages.group(1));
      }
      return bytes;
    }
    if (!EXTENDED.matcher(name).matches()) {
      amount.refuse(
          "is neither an extended resource such as nvidia.com/gpu nor huge pages such as hugepages-2Mi; memory, cpu and"
              + " storage have fields of their own");
    }
    return amount.integer(0, MANY);
  }
}
