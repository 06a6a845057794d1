/**
 * A day on which nothing comes in order: what a control plane with producers of several languages
 * may send, and what docs/contract.md says that it comes to.
 */
@NullMarked
package dev.berth.delivery.disorder;

import org.jspecify.annotations.NullMarked;
