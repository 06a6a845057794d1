/**
 * The packaged jar under kills, freezes and repeats. Results are judged by what Kafka, PostgreSQL
 * and the API server's audit log show, never by what Berth says.
 */
@NullMarked
package dev.berth.delivery;

import org.jspecify.annotations.NullMarked;
