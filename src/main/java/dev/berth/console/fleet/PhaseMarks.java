package dev.berth.console.fleet;

import dev.berth.console.Badge;
import io.quarkus.qute.TemplateExtension;

/** Marks of phases as they are stored. */
@TemplateExtension(namespace = "fleet")
final class PhaseMarks {

  private PhaseMarks() {}

  static Badge phase(String stored) {
    return Badge.ofPhase(stored);
  }
}
