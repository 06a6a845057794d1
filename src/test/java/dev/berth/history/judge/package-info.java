/**
 * Whether what Berth promises holds, by what the API server and Kafka tell and by nothing else: no
 * class of Berth is known here.
 */
package dev.berth.history.judge;
