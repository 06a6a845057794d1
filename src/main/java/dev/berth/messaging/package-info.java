/** The Kafka edges: records in, outbox relayed out. */
@NullMarked
package dev.berth.messaging;

import org.jspecify.annotations.NullMarked;
