package dev.berth.provisioning;

import dev.berth.tenant.Tenant;
import java.time.Instant;
import java.util.UUID;

/**
 * On whose behalf operations are carried out.
 *
 * @param installation which Berth this is; written to every object
 * @param deadline after which nothing more may be sent: the lease is about to end
 */
public record Assignment(Tenant tenant, UUID installation, Instant deadline) {}
