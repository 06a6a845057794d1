package dev.berth.provisioning.actions;

import dev.berth.store.tenants.Claim;
import dev.berth.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;

/** No action waits for anything; keeps after which claims that was asked. */
public final class NothingAsked extends Settlement {

  private final List<Claim> claims = new ArrayList<>();

  public NothingAsked() {
    super(null);
  }

  @Override
  public void looked(Claim claim, Tenant after) {
    claims.add(claim);
  }

  @Override
  public void verified(Tenant after, boolean passed) {}

  public List<Claim> claims() {
    return claims;
  }
}
