/**
 * What operators are shown and told: metrics, rules, dashboards and the pages that explain them.
 */
package dev.berth.monitoring;
