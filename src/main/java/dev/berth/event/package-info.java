/**
 * CloudEvents to records and back. Here is the record as Kafka carries it; the rooms are one per
 * direction.
 */
@NullMarked
package dev.berth.event;

import org.jspecify.annotations.NullMarked;
