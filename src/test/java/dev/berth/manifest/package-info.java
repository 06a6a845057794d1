/** What {@code k8s/} renders to, by Kustomize and by Helm; no server is asked. */
@NullMarked
package dev.berth.manifest;

import org.jspecify.annotations.NullMarked;
