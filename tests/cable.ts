/** A cable between browsers and a server: what is cut is really cut, for open sockets too, and nothing new gets through. */
export function openCable(target: string) {
  const { hostname, port } = new URL(target);
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  let cut = false;
  const done = serve();

  async function serve(): Promise<void> {
    for await (const near of listener) {
      if (cut) near.close();
      else void join(near);
    }
  }

  async function join(near: Deno.Conn): Promise<void> {
    const far = await Deno.connect({ hostname, port: Number(port) });
    for (const conn of [near, far]) open.add(conn);
    const ends = [near.readable.pipeTo(far.writable), far.readable.pipeTo(near.writable)];
    await Promise.allSettled(ends.map((end) => end.finally(() => [near, far].forEach(close))));
  }

  function close(conn: Deno.Conn): void {
    if (!open.delete(conn)) return;
    try {
      conn.close();
    } catch { // the other side was faster
    }
  }

  return {
    base: `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    cut() {
      cut = true;
      for (const conn of [...open]) close(conn);
    },
    mend: () => void (cut = false),
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const conn of [...open]) close(conn);
      await done.catch(() => {});
    },
  };
}
