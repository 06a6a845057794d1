package dev.berth.attack.tried;

import static dev.berth.attack.Identity.OPENED;
import static dev.berth.attack.Identity.OWNER;
import static dev.berth.attack.Request.create;

import dev.berth.attack.Attack;
import dev.berth.attack.Guard;
import dev.berth.attack.Identity;
import dev.berth.attack.Paths;
import dev.berth.attack.Pods;
import dev.berth.attack.Request;
import dev.berth.installation.owner.Workload;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Templates of every kind with every class but the right one. A template may be stored; what is
 * attacked with is then the pod that its controller makes.
 */
final class WorkloadAttacks {
  private WorkloadAttacks() {}

  static Stream<Attack> all() {
    return Arrays.stream(Workload.values()).flatMap(WorkloadAttacks::of);
  }

  private static Stream<Attack> of(Workload workload) {
    String name = workload.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    Request emptyClass =
        create(
            "a " + name + " of the empty class",
            workload.collection("tenant-alpha"),
            workload.of(Pods.specOfClass("''")));
    Identity controller = Identity.makingPodsOf(workload);
    return Stream.of(
        emptyClass.by(OWNER, Guard.API_VALIDATION),
        emptyClass.by(OPENED, Guard.API_VALIDATION),
        podOf(name, "without a class", "null").by(controller, Guard.BERTH_SANDBOX),
        podOf(name, "of another class", "'berth-probe'").by(controller, Guard.BERTH_SANDBOX),
        podOf(name, "of an unknown class", "'runc'").by(controller, Guard.RUNTIME_CLASS_ADMISSION));
  }

  private static Request podOf(String workload, String what, String runtimeClass) {
    return create(
        "the pod of a %s %s".formatted(workload, what),
        Paths.ALPHA + "/pods",
        Pods.ofClass(runtimeClass));
  }
}
