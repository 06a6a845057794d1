/** What {@code k8s/} and a tenant's objects let an owner do, and what not. */
package dev.berth.installation.owner;
