package dev.berth.console.tenants;

import dev.berth.console.Terms;
import dev.berth.tenant.condition.Phase;
import dev.berth.tenant.condition.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The filters as they stand. */
public record FilterForm(Terms terms) {

  /** Of the address, maybe several with commas, and all that can be chosen instead. */
  public List<String> phases() {
    List<String> all = Arrays.stream(Phase.values()).map(Phase::name).toList();
    String asked = terms.value("phase");
    return asked.isEmpty() || all.contains(asked)
        ? all
        : Stream.concat(Stream.of(asked), all.stream()).toList();
  }

  /** Those that a tenant as a whole can have. */
  public List<String> reasons() {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.weight() != Reason.Weight.REFUSAL)
        .map(Reason::name)
        .sorted()
        .toList();
  }

  public boolean isPhase(String phase) {
    return phase.equals(terms.value("phase"));
  }
}
