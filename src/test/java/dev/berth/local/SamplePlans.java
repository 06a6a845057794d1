package dev.berth.local;

import dev.berth.local.process.Texts;
import java.nio.file.Path;
import java.util.List;

/** The plans that the jar has, as files that a person may add to. */
public final class SamplePlans {

  private SamplePlans() {}

  /** Others in the folder stay. */
  public static void writeTo(Path folder) {
    List.of("starter", "team", "enterprise")
        .forEach(plan -> Texts.write(folder.resolve(plan + ".yaml"), of(plan) + "\n"));
  }

  public static String of(String plan) {
    Path resources = Path.of(System.getProperty("basedir", ""), "src", "main", "resources");
    return Texts.read(resources.resolve("plans").resolve(plan + ".yaml")).orElseThrow();
  }
}
