/**
 * Judges whether Berth keeps its promises, only by what the API server and Kafka show and what it
 * answers operators: it uses no class of Berth.
 */
package dev.berth.history.judge;
