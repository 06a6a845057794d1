package dev.berth.store.tenants;

/** Another row holds what must be unique: a tenant, a namespace, or a namespace's uid. */
public final class StoreConflictException extends RuntimeException {

  private static final long serialVersionUID = 1;

  StoreConflictException(String message) {
    super(message);
  }

  StoreConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
