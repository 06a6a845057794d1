/**
 * The API server as Berth speaks to it: connection, requests, answers, pages and watches. Every
 * call to the cluster leaves from here; it knows no tenant.
 */
@NullMarked
package dev.berth.kubernetes.server;

import org.jspecify.annotations.NullMarked;
