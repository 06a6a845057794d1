package dev.berth.escape;

import dev.berth.escape.generator.Attempt;
import dev.berth.escape.judge.Breach;
import dev.berth.escape.judge.Judge;
import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Sends attempts as dry runs, many at once, and judges what is admitted, and what becomes of it.
 */
final class Hunt implements AutoCloseable {
  private static final int AT_ONCE = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();
  private final Function<String, Caller> as;

  /**
   * @param as gives the caller of a controller, or of the owner for the empty name
   */
  Hunt(Function<String, Caller> as) {
    this.as = as;
  }

  /** Made in the threads too, so that not all of them are there at once. */
  <T> Tally tally(Stream<T> numbers, Function<T, Attempt> attempt) throws Exception {
    Tally tally = new Tally();
    List<Future<?>> running =
        numbers
            .<Future<?>>map(
                number -> threads.submit(() -> answers(attempt.apply(number)).forEach(tally::add)))
            .toList();
    for (Future<?> answer : running) {
      answer.get();
    }
    return tally;
  }

  /** The attempt's, and those of what controllers make of it. */
  private Stream<Answer> answers(Attempt attempt) {
    Answer answer = answer(attempt);
    return answer.isAdmitted()
        ? Stream.concat(
            Stream.of(answer),
            Consequences.of(attempt, answer.reply().body()).flatMap(this::answers))
        : Stream.of(answer);
  }

  Answer answer(Attempt attempt) {
    Reply reply =
        callers
            .computeIfAbsent(attempt.by(), as)
            .send(
                attempt.method(),
                attempt.path() + "?dryRun=All",
                "application/json",
                attempt.object().toString());
    List<Breach> breaches = reply.code() < 300 ? Judge.breaches(attempt, reply.body()) : List.of();
    return new Answer(attempt, reply, breaches);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
