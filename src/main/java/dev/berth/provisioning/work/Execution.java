package dev.berth.provisioning.work;

import dev.berth.plan.Operation;
import dev.berth.plan.Outcome;
import dev.berth.plan.Work;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Carries out operations: independent ones side by side, each after those it depends on. */
public final class Execution {

  private final Executor executor;

  public Execution(Executor executor) {
    this.executor = executor;
  }

  /**
   * Returns the outcome of every operation, in their order. What depends on one that is not done,
   * or that is not there, is skipped.
   */
  public Map<Operation, Outcome> run(Work work, Function<Operation, Outcome> target) {
    Map<String, CompletableFuture<Outcome>> started = new HashMap<>();
    Map<Operation, CompletableFuture<Outcome>> inOrder = new LinkedHashMap<>();
    for (Operation operation : work.operations()) {
      CompletableFuture<Outcome> outcome =
          ready(operation.after(), started)
              .thenApplyAsync(
                  before -> before instanceof Outcome.Done ? target.apply(operation) : before,
                  executor);
      started.put(operation.id(), outcome);
      inOrder.put(operation, outcome);
    }
    Map<Operation, Outcome> outcomes = new LinkedHashMap<>();
    inOrder.forEach((operation, outcome) -> outcomes.put(operation, outcome.join()));
    return outcomes;
  }

  /** Done when all of these are, else skipped because of the first that is not. */
  private static CompletableFuture<Outcome> ready(
      List<String> after, Map<String, CompletableFuture<Outcome>> started) {
    CompletableFuture<Outcome> ready = CompletableFuture.completedFuture(new Outcome.Done(null));
    for (String id : after) {
      CompletableFuture<Outcome> missing =
          CompletableFuture.completedFuture(new Outcome.Skipped(id));
      ready =
          ready.thenCombine(
              started.getOrDefault(id, missing),
              (sofar, next) ->
                  sofar instanceof Outcome.Done && !(next instanceof Outcome.Done)
                      ? new Outcome.Skipped(id)
                      : sofar);
    }
    return ready;
  }
}
