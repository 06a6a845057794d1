package dev.berth.provisioning.isolation;

import dev.berth.provisioning.ProvisioningConfig;
import dev.berth.provisioning.actions.NothingAsked;
import dev.berth.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;

/** Keeps which tenants were to be followed. */
public final class IsolationUnverified extends IsolationRecords {

  private final List<Tenant> followed = new ArrayList<>();

  public IsolationUnverified(ProvisioningConfig config) {
    super(null, null, null, new NothingAsked(), config);
  }

  @Override
  public void follow(Tenant before, Tenant after) {
    followed.add(after);
  }

  public List<Tenant> followed() {
    return followed;
  }
}
