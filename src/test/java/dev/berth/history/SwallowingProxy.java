package dev.berth.history;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A connection to one part that can be half open: what is sent goes nowhere, nobody is told, and a
 * new connection works.
 */
public final class SwallowingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private volatile boolean refusing;

  /** To a port of this machine. */
  public SwallowingProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The connections that there are swallow everything from now on, for good; new ones work. */
  public int swallow() {
    pairs.forEach(pair -> pair.swallowing = true);
    return pairs.size();
  }

  /** Ends all connections and takes no new one, until it is told to. */
  public void refuse() {
    refusing = true;
    pairs.forEach(Pair::close);
  }

  public void serve() {
    refusing = false;
  }

  @Override
  public void close() {
    closed(listener);
    pairs.forEach(Pair::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (refusing) {
          client.close();
        } else {
          new Pair(client, new Socket(InetAddress.getLoopbackAddress(), target)).start();
        }
      } catch (IOException gone) {
        // Of the listener, which ends the loop, or of the part behind it: the client notices.
      }
    }
  }

  private static void closed(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Pair {
    private final Socket client;
    private final Socket server;
    private volatile boolean swallowing;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void start() {
      pairs.add(this);
      Thread.ofVirtual().start(() -> pump(client, server));
      Thread.ofVirtual().start(() -> pump(server, client));
    }

    private void pump(Socket from, Socket to) {
      byte[] buffer = new byte[16 * 1024];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!swallowing) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException ended) {
        // By either side.
      }
      // Of a half-open connection the client learns nothing, even if the server gives up.
      if (!swallowing || from == client) {
        close();
      }
    }

    void close() {
      pairs.remove(this);
      closed(client);
      closed(server);
    }
  }
}
