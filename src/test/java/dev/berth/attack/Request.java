package dev.berth.attack;

import dev.berth.installation.Caller;
import dev.berth.installation.Caller.Reply;

/** What is asked of the API server; JSON in single quotes. */
public record Request(String name, Method method, String path, String body) {

  public static Request read(String name, String path) {
    return new Request(name, Method.READ, path, "");
  }

  public static Request create(String name, String path, String body) {
    return new Request(name, Method.CREATE, path, body);
  }

  public static Request replace(String name, String path, String body) {
    return new Request(name, Method.REPLACE, path, body);
  }

  public static Request merge(String name, String path, String body) {
    return new Request(name, Method.MERGE, path, body);
  }

  public static Request strategic(String name, String path, String body) {
    return new Request(name, Method.STRATEGIC, path, body);
  }

  public static Request json(String name, String path, String body) {
    return new Request(name, Method.JSON, path, body);
  }

  public static Request apply(String name, String path, String body) {
    return new Request(name, Method.APPLY, path + "?fieldManager=attack&force=true", body);
  }

  public static Request delete(String name, String path) {
    return new Request(name, Method.DELETE, path, "{}");
  }

  public Attack by(Identity identity, Guard expected) {
    return new Attack(this, identity, expected);
  }

  Reply send(Caller caller) {
    return caller.send(method.verb, path, method.contentType, method == Method.READ ? null : body);
  }

  /** Judged as the request itself, and stored nowhere. */
  Request dry() {
    return switch (method) {
      case READ -> this;
      case DELETE -> new Request(name, method, path, "{'dryRun': ['All']}");
      default -> {
        String query = (path.contains("?") ? "&" : "?") + "dryRun=All";
        yield new Request(name, method, path + query, body);
      }
    };
  }
}
