/**
 * The incidents of docs/operate.md: each is brought about, understood and ended as the page says.
 */
package dev.berth.journey.incident;
