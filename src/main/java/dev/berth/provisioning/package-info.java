/** Makes it so: takes requests in, claims due tenants, runs the plan, records what came of it. */
@NullMarked
package dev.berth.provisioning;

import org.jspecify.annotations.NullMarked;
