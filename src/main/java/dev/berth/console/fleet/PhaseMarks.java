package dev.berth.console.fleet;

import dev.berth.console.Mark;
import io.quarkus.qute.TemplateExtension;

/** Marks of phases as they are stored. */
@TemplateExtension(namespace = "fleet")
final class PhaseMarks {

  private PhaseMarks() {}

  static Mark phase(String stored) {
    return Mark.ofPhase(stored);
  }
}
