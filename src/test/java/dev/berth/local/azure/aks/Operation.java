package dev.berth.local.azure.aks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.local.azure.wire.Course;
import dev.berth.local.azure.wire.Course.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** Something that takes its time; what it was for happens when that is over. */
final class Operation {

  /** What happens at the end. */
  @FunctionalInterface
  interface End {
    void ends(String how, Fault fault);
  }

  /**
   * What it is about.
   *
   * @param name of the pool, or of what AKS does for itself
   * @param doing as a refusal of another operation names it
   */
  record Subject(String name, String doing) {}

  private final String id = UUID.randomUUID().toString();
  private final Subject subject;
  private final Instant started;
  private final End end;
  private Course course;
  private boolean over;

  Operation(Subject subject, Course course, Instant started, End end) {
    this.subject = subject;
    this.course = course;
    this.started = started;
    this.end = end;
  }

  String id() {
    return id;
  }

  Subject subject() {
    return subject;
  }

  boolean isOver() {
    return over;
  }

  boolean hasSucceeded() {
    return over && course.end().equals(Course.SUCCEEDED);
  }

  Fault fault() {
    return course.fault();
  }

  void settle(Instant now) {
    if (!over && !now.isBefore(started.plus(course.takes()))) {
      over = true;
      try {
        end.ends(course.end(), course.fault());
      } catch (RuntimeException e) {
        over = false; // and is tried again
        throw e;
      }
    }
  }

  /** Takes no longer than until now. */
  void isOverBy(Instant now) {
    if (!over) {
      Duration took = Duration.between(started, now);
      course = new Course(took, course.passing(), course.end(), course.fault());
      settle(now);
    }
  }

  boolean isOvertakenByDeletionOf(String pool) {
    return subject.name().equals(pool) && !subject.doing().equals("Deleting");
  }

  /** Ends as failed, whatever it would have become. */
  void overtakenBy(String doing, Instant now) {
    Fault detail = Fault.of("OriginalEtagNotExpect", "preempted by %s operation".formatted(doing));
    Fault fault = Fault.of("ResourceOperationFailure", "The operation failed.").because(detail);
    course = new Course(Duration.between(started, now), course.passing(), Course.FAILED, fault);
    settle(now);
  }

  ObjectNode json(Instant now) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", id);
    json.put("status", over ? course.end() : course.stateAfter(Duration.between(started, now)));
    json.put("startTime", started.toString());
    if (over) {
      json.put("endTime", started.plus(course.takes()).toString());
      if (!course.fault().code().isEmpty()) {
        json.set("error", json(course.fault()));
      }
    }
    return json;
  }

  static ObjectNode json(Fault fault) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("code", fault.code()).put("message", fault.message());
    if (!fault.details().isEmpty()) {
      fault.details().forEach(detail -> json.withArray("details").add(json(detail)));
    }
    return json;
  }
}
