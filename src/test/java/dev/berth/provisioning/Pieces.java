package dev.berth.provisioning;

import dev.berth.catalogue.PlanDirectory;
import dev.berth.event.outgoing.StatusEvents;
import dev.berth.local.process.SettableClock;
import dev.berth.store.outbox.OutboxInMemory;
import dev.berth.tenant.Admission;
import dev.berth.tenant.Cause;
import dev.berth.tenant.PlanRef;
import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantRequest;
import dev.berth.tenant.TenantRequest.Offboard;
import dev.berth.tenant.TenantRequest.Origin;
import dev.berth.tenant.TenantRequest.Upsert;
import dev.berth.tenant.TenantSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rooms of provisioning share, without a container, a database or a cluster. */
public final class Pieces {

  public final SettableClock clock = new SettableClock();
  public final Lifetime lifetime = new Lifetime();
  public final OutboxInMemory outbox = new OutboxInMemory();
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final Metrics metrics = new Metrics(meters, clock);
  public final Activity activity = new Activity(clock);
  public final PlanDirectory directory = dev.berth.catalogue.Plans.directory();
  public final Plans plans = new Plans(directory, null);
  public final ProvisioningConfig config;
  public final Announcer announcer;

  public Pieces() {
    this(Map.of());
  }

  public Pieces(Map<String, String> settings) {
    config = config(settings);
    announcer = new Announcer(outbox, new StatusEvents(config.cluster()), config, clock);
  }

  /** What counts into the registry of an application that is running. */
  public static Metrics metricsOf(MeterRegistry registry) {
    return new Metrics(registry, Clock.systemUTC());
  }

  /** A tenant on plan {@code starter}, of which an event has just come. */
  public Tenant accepted(String id) {
    TenantSpec spec =
        new TenantSpec(
            1, new PlanRef("starter", 1), "", List.of(), List.of(), Map.of(), null, null, "{}");
    return decided(null, new Upsert(new TenantId(id), Origin.CREATED, spec));
  }

  /** The tenant, of which an event has just come that ends it. */
  public Tenant offboarded(Tenant tenant) {
    long generation = tenant.desired().generation() + 1;
    return decided(tenant, new Offboard(tenant.id(), generation, "contract ended"));
  }

  private Tenant decided(@Nullable Tenant known, TenantRequest request) {
    Admission admission =
        new Admission(
            config.cluster(), config.events().generationGap(), config.events().awaitCreated());
    Admission.Surroundings around =
        new Admission.Surroundings(
            new PlanVersion("starter", 1),
            null,
            new Cause("correlation", "event", null),
            clock.instant());
    return ((Admission.Decision.Applied) admission.decide(known, request, around)).tenant();
  }

  private static ProvisioningConfig config(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(ProvisioningConfig.class)
        .build()
        .getConfigMapping(ProvisioningConfig.class);
  }
}
