/** The whole application on the real parts: events in, a cluster, a database, status events out. */
package dev.berth.journey;
