package dev.berth.store;

import java.util.UUID;

/** An installation that no database knows. */
public final class InstallationInMemory extends Installation {

  public static final UUID ID = UUID.fromString("3f6c7c2e-6f0a-4b5e-9d43-2f6d3f5d9a10");

  public InstallationInMemory() {
    super(null);
  }

  @Override
  public UUID id(String cluster) {
    return ID;
  }
}
