/** Node pools as rows: a small work queue of their own, and what tenants need of each pool. */
@NullMarked
package dev.berth.store.pools;

import org.jspecify.annotations.NullMarked;
