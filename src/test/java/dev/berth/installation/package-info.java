/** What {@code k8s/} installs, on a real API server: who may do what, and what is guarded. */
package dev.berth.installation;
