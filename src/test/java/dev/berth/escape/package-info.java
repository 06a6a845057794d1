/**
 * Looks for ways out: random objects by the API server's own schema are sent as an owner would, and
 * what is admitted is judged by rules that were written from the threats alone. Nothing here uses
 * Berth's code or reads its policies to judge; Berth only sets the stage.
 */
package dev.berth.escape;
