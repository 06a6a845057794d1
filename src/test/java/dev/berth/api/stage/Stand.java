package dev.berth.api.stage;

import dev.berth.api.figures.Ticks;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.plan.ClusterAdmission;
import dev.berth.plan.ClusterFacts;
import dev.berth.plan.ClusterNetwork;
import dev.berth.plan.capacity.Usage;
import dev.berth.provisioning.Activity;
import dev.berth.provisioning.actions.ActionRefused;
import dev.berth.provisioning.actions.MoveTrial;
import dev.berth.provisioning.intake.NoRedrive;
import dev.berth.provisioning.intake.Redrive;
import dev.berth.provisioning.observation.Observations;
import dev.berth.provisioning.observation.Preview;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.RuntimeClass;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.properties.IfBuildProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the API asks of parts that are left out of its tests. */
public class Stand {

  /** What is known of the cluster. */
  public static final AtomicReference<ClusterFacts> FACTS =
      new AtomicReference<>(ClusterFacts.UNKNOWN);

  /** What runs in every namespace; null = it is not known. */
  public static final AtomicReference<@Nullable Usage> USAGE = new AtomicReference<>();

  private static final AtomicLong AHEAD = new AtomicLong();
  private static final AtomicReference<@Nullable Long> STANDS = new AtomicReference<>();

  public static final ClusterFacts KNOWN =
      new ClusterFacts(
          true,
          List.of(),
          new ClusterAdmission("", false, false, List.of()),
          ClusterNetwork.UNKNOWN);

  @Produces
  @IfBuildProperty(name = "api-alone", stringValue = "true")
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** What was read before that is read anew, however the clock is. */
  public static void goesOn(Duration time) {
    AHEAD.addAndGet(time.toNanos());
  }

  /** However long the work takes, no time passes but what it says itself by {@link #goesOn}. */
  public static void whileTimeStands(Runnable work) {
    STANDS.set(System.nanoTime());
    try {
      work.run();
    } finally {
      STANDS.set(null);
    }
  }

  @Produces
  @Singleton
  Ticks ticks() {
    return new Ticks() {
      @Override
      public long nanos() {
        Long stands = STANDS.get();
        return (stands == null ? super.nanos() : stands) + AHEAD.get();
      }
    };
  }

  @Produces
  @DefaultBean
  @Singleton
  StatusEvents events() {
    return new StatusEvents("local");
  }

  @Produces
  @DefaultBean
  @Singleton
  Observations observations() {
    return new Observations();
  }

  @Produces
  @DefaultBean
  @Singleton
  Redrive redrive() {
    return new NoRedrive();
  }

  @Produces
  @DefaultBean
  @Singleton
  Supplier<ClusterFacts> facts() {
    return FACTS::get;
  }

  /** Of nobody: who plans is left out. */
  @Produces
  @DefaultBean
  @Singleton
  Preview preview() {
    return new Preview(null, null, null, null, null, null);
  }

  /** Every class but one is fit for everybody: who plans is left out. */
  @Produces
  @DefaultBean
  @Singleton
  MoveTrial moves() {
    return (tenant, order) -> {
      if (order.to().name().equals("unfit")) {
        throw ActionRefused.notPossible(tenant, "no Ready node takes pods of it");
      }
      return order.found(new RuntimeClass(order.to().name(), "kata"), new PlanVersion("team", 2));
    };
  }

  @Produces
  @DefaultBean
  @Singleton
  Activity activity(Clock clock) {
    return new Activity(clock);
  }

  @Produces
  @DefaultBean
  @Singleton
  Usage.Quotas quotas() {
    return namespace -> Optional.ofNullable(USAGE.get());
  }
}
