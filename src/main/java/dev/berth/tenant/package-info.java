/**
 * The language: what a tenant is, what it wants and how it fares. Pure; knows nothing but the JDK.
 * Everybody may use it.
 */
@NullMarked
package dev.berth.tenant;

import org.jspecify.annotations.NullMarked;
