/**
 * Actions: what people did to tenants and to refused records, who and why, kept as long as an audit
 * needs it.
 */
@NullMarked
package dev.berth.store.actions;

import org.jspecify.annotations.NullMarked;
