/** What the nodes for sandboxes have, what tenants take of it, and who waits, to read. */
@NullMarked
package dev.berth.api.capacity;

import org.jspecify.annotations.NullMarked;
