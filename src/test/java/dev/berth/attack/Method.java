package dev.berth.attack;

/** The ways to send an object to the API server. */
enum Method {
  READ("GET", "json"),
  CREATE("POST", "json"),
  REPLACE("PUT", "json"),
  MERGE("PATCH", "merge-patch+json"),
  STRATEGIC("PATCH", "strategic-merge-patch+json"),
  JSON("PATCH", "json-patch+json"),
  APPLY("PATCH", "apply-patch+yaml"),
  DELETE("DELETE", "json");

  final String verb;
  final String contentType;

  Method(String verb, String contentType) {
    this.verb = verb;
    this.contentType = "application/" + contentType;
  }
}
