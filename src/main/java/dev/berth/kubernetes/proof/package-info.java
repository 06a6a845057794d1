/**
 * Proves a tenant's guarantees: pods that must be denied, access reviews, quotas that are enforced.
 * Reads and dry runs only.
 */
@NullMarked
package dev.berth.kubernetes.proof;

import org.jspecify.annotations.NullMarked;
