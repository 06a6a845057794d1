/** Steps of tenants to status events, whose bytes are the contract. */
@NullMarked
package dev.berth.event.outgoing;

import org.jspecify.annotations.NullMarked;
