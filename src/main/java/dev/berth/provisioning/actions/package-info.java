/**
 * What people do to tenants and to refused records: each an action that is stored with its effect
 * in one transaction, once for each key, and ends when its effect is seen.
 */
@NullMarked
package dev.berth.provisioning.actions;

import org.jspecify.annotations.NullMarked;
