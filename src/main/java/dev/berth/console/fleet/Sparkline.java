package dev.berth.console.fleet;

import dev.berth.store.search.Fleet.HourOfPhase;
import dev.berth.tenant.condition.Phase;
import java.util.List;
import java.util.stream.IntStream;

/**
 * When tenants came into the phase in which they are now, as a bar for each hour. Pure.
 *
 * @param most in one hour
 */
public record Sparkline(List<HourBar> bars, HourSum all, long most) {

  /** So many hours are looked at. */
  static final int HOURS = 24;

  private static final int STEP = 10;
  private static final int HEIGHT = 40;

  /** Tenants of an hour, those that are ready and the others. */
  public record HourSum(long ready, long others) {

    static HourSum of(List<HourOfPhase> counts) {
      long ready =
          counts.stream()
              .filter(it -> it.phase().equals(Phase.READY.name()))
              .mapToLong(HourOfPhase::tenants)
              .sum();
      return new HourSum(ready, counts.stream().mapToLong(HourOfPhase::tenants).sum() - ready);
    }

    public long both() {
      return ready + others;
    }
  }

  /**
   * An hour, the oldest leftmost.
   *
   * @param x its left end
   * @param ready height of the part that is ready, which stands below
   * @param others height of the other part
   */
  public record HourBar(int x, long ready, long others) {

    public long top() {
      return HEIGHT - ready - others;
    }

    public long middle() {
      return HEIGHT - ready;
    }
  }

  static Sparkline of(List<HourOfPhase> counts) {
    List<HourSum> sums =
        IntStream.range(0, HOURS)
            .map(i -> HOURS - 1 - i)
            .mapToObj(
                ago -> HourSum.of(counts.stream().filter(it -> it.hoursAgo() == ago).toList()))
            .toList();
    long most = sums.stream().mapToLong(HourSum::both).max().orElse(0);
    List<HourBar> bars =
        IntStream.range(0, HOURS)
            .filter(i -> sums.get(i).both() > 0)
            .mapToObj(i ->
                new HourBar(
                    i * STEP,
                    height(sums.get(i).ready(), most),
                    height(sums.get(i).others(), most)))
            .toList();
    return new Sparkline(bars, HourSum.of(counts), most);
  }

  /** A single one among thousands is seen too. */
  private static long height(long tenants, long most) {
    return tenants == 0 ? 0 : Math.max(1, tenants * HEIGHT / most);
  }
}
