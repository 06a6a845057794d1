package dev.berth.attack;

import dev.berth.kubernetes.Caller;
import dev.berth.kubernetes.Caller.Reply;

/** What is asked of the API server; JSON in single quotes. */
record Request(String name, Method method, String path, String body) {

  static Request read(String name, String path) {
    return new Request(name, Method.READ, path, "");
  }

  static Request create(String name, String path, String body) {
    return new Request(name, Method.CREATE, path, body);
  }

  static Request replace(String name, String path, String body) {
    return new Request(name, Method.REPLACE, path, body);
  }

  static Request merge(String name, String path, String body) {
    return new Request(name, Method.MERGE, path, body);
  }

  static Request strategic(String name, String path, String body) {
    return new Request(name, Method.STRATEGIC, path, body);
  }

  static Request json(String name, String path, String body) {
    return new Request(name, Method.JSON, path, body);
  }

  static Request apply(String name, String path, String body) {
    return new Request(name, Method.APPLY, path + "?fieldManager=attack&force=true", body);
  }

  static Request delete(String name, String path) {
    return new Request(name, Method.DELETE, path, "{}");
  }

  Attack by(Identity identity, Guard expected) {
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
