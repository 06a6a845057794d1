/**
 * The packaged jar under kills, freezes and repeats. What holds is judged by what Kafka, PostgreSQL
 * and the API server's audit log tell, never by Berth's own word.
 */
@NullMarked
package dev.berth.delivery;

import org.jspecify.annotations.NullMarked;
