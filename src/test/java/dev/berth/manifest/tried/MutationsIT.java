package dev.berth.manifest.tried;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.manifest.Rendering;
import dev.berth.manifest.rule.InstallationRules;
import dev.berth.manifest.rule.Rule;
import dev.berth.manifest.rule.Rules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules notice: each mistake breaks the one that is about it. */
class MutationsIT {
  private static final List<Rule> RULES = Rules.joined(InstallationRules.ALL, Rules.SERVING);

  private final Rendering whole = Rendering.of("k8s", "k8s/overlays/aks");

  @Test
  void theWholeBreaksNone() {
    assertThat(Rules.faults(whole, RULES)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.berth.manifest.tried.Mutation#all")
  void eachMistakeIsNoticed(Mutation mutation) {
    assertThat(mutation.faults(whole, RULES))
        .anySatisfy(fault -> assertThat(fault).startsWith(mutation.breaks()));
  }

  @Test
  void eachRuleIsBrokenByAMistake() {
    Set<String> unbroken = new HashSet<>();
    RULES.forEach(rule -> unbroken.add(rule.name()));
    Mutation.all()
        .forEach(mutation -> unbroken.removeIf(rule -> rule.startsWith(mutation.breaks())));

    assertThat(unbroken).isEmpty();
  }
}
