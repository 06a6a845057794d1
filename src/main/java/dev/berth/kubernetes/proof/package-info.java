/**
 * What a tenant's guarantees are proven by: pods that must be denied, access reviews, quotas that
 * count. Reads and dry runs only.
 */
@NullMarked
package dev.berth.kubernetes.proof;

import org.jspecify.annotations.NullMarked;
