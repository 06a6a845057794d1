package dev.berth.settings;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells the names of settings from names that are none, as those with a slip of the pen. Pure. */
final class KnownNames {

  private static final String OURS = "berth.";
  private static final String OURS_IN_THE_ENVIRONMENT = "BERTH_";
  private static final String MAP = "\"<from>\"";

  /** {@code berth.events.sources[0]} is as good as {@code berth.events.sources}. */
  private static final Pattern ONE_OF_A_LIST = Pattern.compile("\\[\\d+]$|_\\d+_$");

  /** Of clients of Berth: where it is, and who it is in the cluster. */
  private static final Set<String> OF_CLIENTS =
      Set.of("BERTH_URL", "BERTH_MANAGEMENT_URL", "BERTH_KUBECONFIG");

  /** What Kubernetes tells a pod about a Service whose name begins with berth. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile(
          "BERTH_(\\w+_)?(SERVICE_(HOST|PORT(_\\w+)?)|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  private KnownNames() {}

  /**
   * What is wrong with the names: those that claim to be a setting of Berth but are none, each with
   * the setting that is most like it.
   *
   * @param given of settings and of environment variables
   */
  static List<String> faults(Iterable<String> given) {
    Set<String> sorted = new TreeSet<>();
    given.forEach(sorted::add);
    return sorted.stream().flatMap(KnownNames::fault).toList();
  }

  private static Stream<String> fault(String name) {
    String single = ONE_OF_A_LIST.matcher(name).replaceAll("");
    if (name.startsWith(OURS) && keys().noneMatch(key -> fits(single, key))) {
      return Stream.of(unknown(name, keys()));
    }
    if (name.startsWith(OURS_IN_THE_ENVIRONMENT)
        && !OF_CLIENTS.contains(name)
        && !OF_A_SERVICE.matcher(name).matches()
        && keys().map(KnownNames::variable).noneMatch(key -> fits(single, key))) {
      return Stream.of(
          unknown(name, Stream.concat(keys().map(KnownNames::variable), OF_CLIENTS.stream())));
    }
    return Stream.empty();
  }

  private static Stream<String> keys() {
    return Settings.ALL.stream().map(setting -> setting.key().replace(MAP, ""));
  }

  /** The end of a map's name is free. */
  private static boolean fits(String name, String key) {
    boolean isOfAMap = key.endsWith(".") || key.endsWith("_");
    return isOfAMap ? name.startsWith(key) : name.equals(key);
  }

  private static String variable(String key) {
    return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private static String unknown(String name, Stream<String> known) {
    String nearest = known.min(comparingInt(key -> distance(name, key))).orElseThrow();
    return "%s is not a setting of Berth: did you mean %s?".formatted(name, nearest);
  }

  /** How many letters must be added, left out or replaced to make one of the other. */
  private static int distance(String from, String to) {
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] now = new int[to.length() + 1];
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[to.length()];
  }
}
