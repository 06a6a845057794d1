package dev.berth.local.azure.aks;

/** Hears what becomes of the machines of a pool, before a poll can tell that it is done. */
public interface PoolListener {

  /** The pool is there with this many nodes: new, scaled, or as it was. */
  void ready(ReadyPool pool);

  void gone(String pool);

  static PoolListener none() {
    return new PoolListener() {
      @Override
      public void ready(ReadyPool pool) {}

      @Override
      public void gone(String pool) {}
    };
  }
}
