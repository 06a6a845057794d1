package dev.berth.plan.isolation;

import dev.berth.plan.Resource;
import dev.berth.tenant.Subject;

/** One question to the API server about the isolation of a tenant, with the answer that is due. */
public sealed interface IsolationCheck {

  /** Where; empty = in the cluster as a whole. */
  String namespace();

  /** Who asks for something, or is asked about. */
  String subject();

  /** What is tried or asked, for people. */
  String what();

  String expected();

  /**
   * A pod that must be refused, tried by dry run.
   *
   * @param runtimeClass the class that the pod has apart from its escape; empty = none
   */
  record PodRefused(String namespace, Escape escape, String runtimeClass)
      implements IsolationCheck {

    @Override
    public String subject() {
      return "Berth";
    }

    @Override
    public String what() {
      return "a pod " + escape;
    }

    @Override
    public String expected() {
      return "refused";
    }
  }

  /** A pod without a class, tried by dry run, that must come back with this one. */
  record PodDefaulted(String namespace, String runtimeClass) implements IsolationCheck {

    @Override
    public String subject() {
      return "Berth";
    }

    @Override
    public String what() {
      return "a pod " + Escape.NO_CLASS;
    }

    @Override
    public String expected() {
      return "gets " + runtimeClass;
    }
  }

  /** The pods that are there: all of them must be of this class. */
  record PodsInside(String namespace, String runtimeClass) implements IsolationCheck {

    @Override
    public String subject() {
      return "Berth";
    }

    @Override
    public String what() {
      return "the existing pods";
    }

    @Override
    public String expected() {
      return "all of RuntimeClass " + runtimeClass;
    }
  }

  /**
   * What RBAC says of somebody.
   *
   * @param allowed what it must say, of every verb
   */
  record Right(String namespace, Subject who, Permission permission, boolean allowed)
      implements IsolationCheck {

    @Override
    public String subject() {
      String name = who.namespace() == null ? who.name() : who.namespace() + "/" + who.name();
      return who.kind() + " " + name;
    }

    @Override
    public String what() {
      return permission.toString();
    }

    @Override
    public String expected() {
      return allowed ? "yes" : "no";
    }
  }

  /** A quota or limits that must be as the plan says, and bind. */
  record Bound(Resource resource) implements IsolationCheck {

    @Override
    public String namespace() {
      return resource.key().namespace();
    }

    @Override
    public String subject() {
      return "Berth";
    }

    @Override
    public String what() {
      return resource.key().kind() + " " + resource.key().name();
    }

    @Override
    public String expected() {
      return "as planned";
    }
  }
}
