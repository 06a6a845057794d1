package dev.berth.kubernetes.drift;

import dev.berth.kubernetes.object.Ownership;
import dev.berth.kubernetes.server.ApiServer;
import dev.berth.kubernetes.server.Live;
import dev.berth.kubernetes.server.Pages;
import dev.berth.provisioning.Inventory;
import dev.berth.tenant.TenantId;
import dev.berth.tenant.TenantNamespace;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Lists the namespaces that carry Berth's marks, page by page. */
@Singleton
public class NamespaceInventory implements Inventory {

  private static final String MARKED =
      "/api/v1/namespaces?limit=500&labelSelector=berth.dev%2Ftenant";
  private static final Pattern UUID_SYNTAX =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ApiServer api;
  private final Clock clock;

  public NamespaceInventory(ApiServer api, Clock clock) {
    this.api = api;
    this.clock = clock;
  }

  @Override
  public List<Found> namespaces(UUID installation) {
    List<Found> found = new ArrayList<>();
    Pages.read(
        api,
        MARKED,
        clock.instant().plus(PATIENCE),
        live -> found(live, installation).ifPresent(found::add));
    return found;
  }

  /** Only what is marked in full; a label alone proves nothing. */
  private static Optional<Found> found(Live live, UUID installation) {
    String provisioningId = live.annotation(Ownership.PROVISIONING_ID);
    boolean marked = live.annotation(Ownership.INSTALLATION).equals(installation.toString());
    if (!marked || !UUID_SYNTAX.matcher(provisioningId).matches()) {
      return Optional.empty();
    }
    String name = live.label(Ownership.NAMESPACE);
    return TenantId.parse(live.label(Ownership.TENANT))
        .filter(tenant -> live.name().equals(tenant.namespace(name.equals("default") ? "" : name)))
        .map(tenant ->
            new Found(
                tenant,
                new TenantNamespace(
                    name.equals("default") ? "" : name,
                    live.name(),
                    UUID.fromString(provisioningId),
                    live.uid())));
  }
}
