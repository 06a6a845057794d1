/** The target against a real API server, and its pure parts alone. */
package dev.berth.kubernetes;
