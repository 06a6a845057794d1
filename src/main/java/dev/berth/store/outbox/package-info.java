/**
 * Status events between the transaction that made them and Kafka, relayed by one replica at a time.
 */
@NullMarked
package dev.berth.store.outbox;

import org.jspecify.annotations.NullMarked;
