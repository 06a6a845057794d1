/** What the judge has seen, heard and been told: without a judgement. */
package dev.berth.history.judge.evidence;
