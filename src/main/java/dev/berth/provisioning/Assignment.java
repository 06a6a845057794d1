package dev.berth.provisioning;

import dev.berth.tenant.PlanVersion;
import dev.berth.tenant.Tenant;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf operations are carried out.
 *
 * @param installation which Berth this is; written to every object
 * @param deadline after which nothing more may be sent: the lease is about to end
 * @param counts whether the claim behind it still counts, asked of the database each time; false
 *     where that is not known. Nobody is let in without it: a clock may be behind, as that of a
 *     machine that was paused, and take a lease for valid that is long over
 */
public record Assignment(Owner owner, UUID installation, Instant deadline, BooleanSupplier counts) {

  /** Without a claim: nobody is let in. */
  public Assignment(Owner owner, UUID installation, Instant deadline) {
    this(owner, installation, deadline, () -> false);
  }

  /**
   * Whose the objects are; written to every object.
   *
   * @param generation that objects are written for; those of a later one stand
   * @param plan that the tenant is on; null = none
   * @param namespaces that objects may be in
   */
  public record Owner(
      TenantId tenant,
      long generation,
      @Nullable PlanVersion plan,
      List<TenantNamespace> namespaces) {

    /** A database that is older than the cluster must not keep what is to go. */
    public static final long AFTER_ALL = Long.MAX_VALUE;

    public Owner {
      namespaces = List.copyOf(namespaces);
    }

    public static Owner of(Tenant tenant) {
      return new Owner(
          tenant.id(), tenant.desired().generation(), tenant.desired().plan(), tenant.namespaces());
    }

    /**
     * The owner's namespace of that name.
     *
     * @param name in the cluster
     * @throws IllegalArgumentException if the tenant has no such namespace
     */
    public TenantNamespace namespace(String name) {
      return namespaces.stream()
          .filter(n -> n.namespace().equals(name))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("tenant " + tenant + " has no namespace " + name));
    }
  }
}
