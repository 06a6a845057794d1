package dev.berth.local.azure.wire;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which call a method and a path are, and who answers it. Paths of the Resource Manager are the
 * same in any case.
 */
public final class Route {

  /** Does what a call asks for. */
  @FunctionalInterface
  public interface Service {
    Answer answer(Asked asked);
  }

  /**
   * A call that passed all gates.
   *
   * @param parts of the path, by the names of the template
   * @param course of the operation that it may start
   */
  public record Asked(Request request, Map<String, String> parts, Course course) {
    public String part(String name) {
      return parts.getOrDefault(name, "");
    }
  }

  private final Call call;
  private final String method;
  private final Pattern path;
  private final Service service;

  private Route(Call call, String method, Pattern path, Service service) {
    this.call = call;
    this.method = method;
    this.path = path;
    this.service = service;
  }

  /**
   * @param template of the path, with names in braces
   */
  public static Route of(Call call, String method, String template, Service service) {
    String regex = template.replaceAll("\\{(\\w+)}", "(?<$1>[^/]+)");
    return new Route(call, method, Pattern.compile(regex, Pattern.CASE_INSENSITIVE), service);
  }

  Call call() {
    return call;
  }

  boolean fits(Request request) {
    return method.equals(request.method()) && path.matcher(request.path()).matches();
  }

  Answer answer(Request request, Course course) {
    Matcher matcher = path.matcher(request.path());
    Map<String, String> parts = new TreeMap<>();
    if (matcher.matches()) {
      path.namedGroups().keySet().forEach(name -> parts.put(name, part(matcher, name)));
    }
    return service.answer(new Asked(request, parts, course));
  }

  private static String part(Matcher matcher, String name) {
    return Optional.ofNullable(matcher.group(name)).orElse("");
  }
}
