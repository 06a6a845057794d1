/** A real Prometheus, and what it is given to read. */
package dev.berth.monitoring.stage;
