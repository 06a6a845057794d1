package dev.berth.azure;

import dev.berth.nodepool.cloud.Cloud;
import dev.berth.provisioning.ProvisioningConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Opens the way to Azure when somebody asks for it, who may not while the mode is off. Apart from
 * {@link CloudAccess}, because the container loads every type that a bean names.
 */
@Singleton
class CloudProducer {

  @Produces
  @Singleton
  static Cloud cloud(AzureConfig config, ProvisioningConfig provisioning) {
    Cloud cloud = CloudAccess.open(config);
    return provisioning.mode().observes() ? new ObservedCloud(cloud) : cloud;
  }
}
