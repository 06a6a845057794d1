package dev.berth.history.plot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One history: forty steps of a few tenants of its own, decided by its random numbers alone. */
public final class TenantPlot {
  public static final int STEPS = 40;
  private static final List<String> PLANS =
      List.of(
          "small", "small", "pair", "pair", "wide", "wide", "wide", "patient", "common", "late");
  private static final List<String> LABELS =
      List.of(
          "berth.dev/isolation=",
          "berth.dev/isolation=shared",
          "berth.dev/runtime-class=",
          "berth.dev/runtime-class=no-such-class",
          "pod-security.kubernetes.io/enforce=",
          "pod-security.kubernetes.io/enforce=privileged");
  private static final String HOME = "kata-vm-isolation";
  private static final List<String> CLASSES =
      List.of(
          HOME,
          HOME,
          HOME,
          "kata-narrow",
          "kata-narrow",
          "kata-narrow",
          "kata-narrow",
          "kata-second",
          "no-such-class");

  private final RandomGenerator random;
  private final String name;
  private final Map<String, Life> lives = new TreeMap<>();
  private final List<Step> steps = new ArrayList<>();
  private int intruders;

  /** What the control plane thinks of a tenant. */
  private static final class Life {
    private boolean present;
    private long generation;
    private String plan = "";
    private int sent;
    private boolean frozen;
    private String runtimeClass = HOME;
    private List<String> owners = List.of();
    private List<String> viewers = List.of();
  }

  private TenantPlot(RandomGenerator random, String name) {
    this.random = random;
    this.name = name;
  }

  static List<Step> of(RandomGenerator random, String name, Duration length) {
    return new TenantPlot(random, name).steps(length);
  }

  private List<Step> steps(Duration length) {
    int tenants = 2 + random.nextInt(3);
    List<Duration> moments =
        IntStream.range(0, STEPS)
            .mapToObj(i -> Duration.ofMillis(random.nextLong(length.toMillis())))
            .sorted(Comparator.naturalOrder())
            .toList();
    for (Duration moment : moments) {
      // The first ones are busy, the last ones are left in peace for long.
      int which = Math.min(random.nextInt(tenants), random.nextInt(tenants));
      String tenant = name + (char) ('a' + which);
      steps.add(
          new Step(moment, tenant, next(tenant, lives.computeIfAbsent(tenant, t -> new Life()))));
    }
    return steps;
  }

  private Deed next(String tenant, Life life) {
    if (!life.present) {
      // Now and then an event that is too late for one that has left.
      return life.generation > 0 && random.nextInt(8) == 0
          ? new Deed.Again(random.nextInt(life.sent))
          : created(life);
    }
    int dice = random.nextInt(100);
    if (dice < 32) {
      return changed(life, "updated");
    } else if (dice < 47) {
      life.plan = random.nextInt(12) == 0 ? "nowhere" : plan();
      return changed(life, "plan-changed");
    } else if (dice < 56) {
      return offboarded(life);
    } else if (dice < 60) {
      return new Deed.Again(random.nextInt(life.sent));
    } else if (dice < 80) {
      return act(life);
    }
    return byHand(namespace(tenant, life));
  }

  private Deed act(Life life) {
    int dice = random.nextInt(100);
    if (dice < (life.frozen ? 60 : 25)) {
      life.frozen = !life.frozen;
      return new Deed.Act(life.frozen ? "freeze" : "unfreeze", "", manner());
    } else if (dice < 78) {
      // Mostly elsewhere: one that is there already is refused.
      String before = life.runtimeClass;
      for (int i = 0; i < 3 && life.runtimeClass.equals(before); i++) {
        life.runtimeClass = CLASSES.get(random.nextInt(CLASSES.size()));
      }
      return new Deed.Act("move", life.runtimeClass, manner());
    } else if (dice < 88) {
      return new Deed.Act("withdraw", "", manner());
    }
    return new Deed.Act(dice < 95 ? "retry" : "look", "", manner());
  }

  private Deed.Manner manner() {
    Deed.Manner[] all = Deed.Manner.values();
    return random.nextBoolean() ? Deed.Manner.ONCE : all[random.nextInt(all.length)];
  }

  private Deed created(Life life) {
    life.present = true;
    life.frozen = false;
    life.runtimeClass = HOME;
    life.plan = plan();
    return changed(life, "created");
  }

  private Deed changed(Life life, String type) {
    life.owners = some("own", 1 + random.nextInt(2));
    life.viewers = some("view", random.nextInt(3));
    life.generation += 1 + random.nextInt(3);
    life.sent++;
    return new Deed.Send(
        type,
        life.generation,
        life.plan,
        life.owners,
        life.viewers,
        random.nextInt(3) == 0 ? 3 + random.nextInt(3) : 0);
  }

  private Deed offboarded(Life life) {
    life.present = false;
    life.generation++;
    life.sent++;
    return new Deed.Send("offboarding-requested", life.generation, "", List.of(), List.of(), 0);
  }

  private String namespace(String tenant, Life life) {
    List<String> parts =
        switch (life.plan) {
          case "pair", "late" -> List.of("", "--jobs");
          case "wide" -> List.of("", "--data", "--jobs");
          default -> List.of("");
        };
    return "tenant-" + tenant + parts.get(random.nextInt(parts.size()));
  }

  private Deed byHand(String namespace) {
    int dice = random.nextInt(36);
    if (dice < 7) {
      String[] label = LABELS.get(random.nextInt(LABELS.size())).split("=", 2);
      return new Deed.Relabel(namespace, label[0], label[1]);
    } else if (dice < 11) {
      return new Deed.LetIn(namespace, intruder(), random.nextBoolean());
    } else if (dice < 14) {
      return new Deed.Foreign(namespace, intruder());
    } else if (dice < 16) {
      return new Deed.Unbind(namespace);
    } else if (dice < 18) {
      return new Deed.Destroy(namespace);
    }
    return new Deed.StartPod(
        namespace, dice < 32 ? "" : CLASSES.get(random.nextInt(CLASSES.size())));
  }

  private String plan() {
    return PLANS.get(random.nextInt(PLANS.size()));
  }

  private String intruder() {
    return name + "-intruder-" + ++intruders;
  }

  private List<String> some(String role, int count) {
    return random
        .ints(0, 4)
        .distinct()
        .limit(count)
        .mapToObj(i -> name + "-" + role + "-" + i)
        .toList();
  }
}
