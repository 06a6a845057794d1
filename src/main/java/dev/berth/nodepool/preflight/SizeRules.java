package dev.berth.nodepool.preflight;

import dev.berth.nodepool.cloud.SizeReading;
import dev.berth.tenant.condition.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a VM size must be able to do so that its nodes can run sandboxes. */
final class SizeRules {

  private static final String NESTED = "nested";
  private static final String ANOTHER = "; release a plan version with another VM size";

  private final String size;
  private final List<PoolFinding> findings = new ArrayList<>();

  private SizeRules(String vmSize) {
    this.size = "VM size " + vmSize;
  }

  static List<PoolFinding> judge(
      String vmSize, Optional<SizeReading> reading, VmFamilies families) {
    SizeRules rules = new SizeRules(vmSize);
    reading.ifPresent(rules::capabilities);
    reading.ifPresent(rules::restrictions);
    rules.nesting(reading.map(SizeRules::nested).orElse(null), families.nest(vmSize));
    return rules.findings;
  }

  /** Null = the cloud does not say. The name of the capability is not known for certain. */
  private static @Nullable Boolean nested(SizeReading size) {
    return size.capabilities().entrySet().stream()
        .filter(capability -> capability.getKey().toLowerCase(Locale.ROOT).contains(NESTED))
        .map(Map.Entry::getValue)
        .filter(value -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false"))
        .map(Boolean::valueOf)
        .findFirst()
        .orElse(null);
  }

  private void nesting(@Nullable Boolean said, boolean known) {
    if (said == null && !known) {
      findings.add(
          new PoolFinding(
              Reason.NodePoolDoubtful,
              size
                  + " is not known to run virtual machines of its own, and the cloud does not say; it is tried. If it works, add its family to the settings"));
    } else if (Boolean.FALSE.equals(said)) {
      unsuitable("cannot run virtual machines of its own, which sandboxes are");
    }
  }

  private void capabilities(SizeReading reading) {
    reading
        .capability("HyperVGenerations")
        .filter(generations -> !generations.toUpperCase(Locale.ROOT).contains("V2"))
        .ifPresent(generations ->
            unsuitable("has no Generation 2 machines (HyperVGenerations " + generations + ")"));
    reading
        .capability("CpuArchitectureType")
        .filter(type -> !type.equalsIgnoreCase("x64"))
        .ifPresent(type -> unsuitable("has processors of type " + type + ", sandboxes need x64"));
    reading
        .capability("ConfidentialComputingType")
        .filter(type -> !type.isBlank())
        .ifPresent(type -> unsuitable("is for confidential computing (" + type + ")"));
  }

  private void restrictions(SizeReading reading) {
    if (!reading.restrictions().isEmpty()) {
      unsuitable(
          "cannot be had in this region (%s)".formatted(String.join(", ", reading.restrictions())));
    }
  }

  private void unsuitable(String why) {
    findings.add(new PoolFinding(Reason.VmSizeUnsuitable, size + " " + why + ANOTHER));
  }
}
