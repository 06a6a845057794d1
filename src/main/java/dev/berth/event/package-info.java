/**
 * CloudEvents to records and back. Here is the record as Kafka carries it; below is one room per
 * direction.
 */
@NullMarked
package dev.berth.event;

import org.jspecify.annotations.NullMarked;
