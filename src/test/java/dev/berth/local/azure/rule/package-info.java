/**
 * What AKS takes and refuses in the properties of a pool. Keeps no state but the quota's limits.
 */
@NullMarked
package dev.berth.local.azure.rule;

import org.jspecify.annotations.NullMarked;
