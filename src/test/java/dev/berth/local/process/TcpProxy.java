package dev.berth.local.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A wire to a port of this machine that may go dead: connections stand then, nobody is told
 * anything, and nothing arrives any more, as when a firewall has forgotten them.
 */
public final class TcpProxy implements AutoCloseable {

  private final ServerSocket server;
  private final int target;
  private final List<Wire> wires = new CopyOnWriteArrayList<>();
  private volatile boolean newOnesAreDead;

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  public static TcpProxy to(int port) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /** What stands now goes dead, new connections work. */
  public void swallowStandingConnections() {
    wires.forEach(wire -> wire.dead = true);
  }

  /** New connections are taken, and nothing is heard on them either. */
  public void swallowEverything() {
    newOnesAreDead = true;
    swallowStandingConnections();
  }

  /** New connections work again. */
  public void recover() {
    newOnesAreDead = false;
  }

  /** As after {@link #recover}, and those that went dead are told so. */
  public void mend() {
    recover();
    wires.forEach(Wire::cut);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    wires.forEach(Wire::cut);
  }

  private void accept() {
    try {
      while (true) {
        connect(server.accept());
      }
    } catch (IOException e) {
      close();
    }
  }

  /** Nobody behind this wire: so the client is told at once, as it would be without the wire. */
  private void connect(Socket client) throws IOException {
    try {
      Wire wire = new Wire(client, new Socket(InetAddress.getLoopbackAddress(), target));
      wires.add(wire);
      // Only now: whoever lets all go dead meanwhile finds it, or has said so before.
      if (newOnesAreDead) {
        wire.dead = true;
      }
      Thread.ofVirtual().start(() -> wire.pump(wire.client, wire.upstream));
      Thread.ofVirtual().start(() -> wire.pump(wire.upstream, wire.client));
    } catch (ConnectException refused) {
      client.close();
    }
  }

  private static final class Wire {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean dead;

    Wire(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void pump(Socket from, Socket to) {
      byte[] buffer = new byte[16 * 1024];
      try (InputStream in = from.getInputStream()) {
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          if (!dead) {
            out.write(buffer, 0, read);
          }
        }
      } catch (IOException e) {
        // One side is gone; the other one hears of it below, unless the wire is dead.
      }
      if (!dead) {
        cut();
      }
    }

    void cut() {
      try (client;
          upstream) {
        dead = true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
