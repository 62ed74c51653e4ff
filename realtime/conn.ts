import { closeCodes, type CloseReason } from "../domain/codes.ts";

/** What a session needs of a transport, so that tests can fake it and the transport can change. */
export type Conn = {
  send(frame: string): void;
  close(reason: CloseReason): void;
  /** Bytes handed over and not yet taken by the other side. */
  buffered(): number;
};

/** The native socket. After `close` the runtime may hold it for long; nothing is sent to it any more. */
export function nativeConn(socket: WebSocket): Conn {
  return {
    send: (frame) => socket.readyState === WebSocket.OPEN && socket.send(frame),
    close(reason) {
      if (socket.readyState <= WebSocket.OPEN) socket.close(closeCodes[reason].code, reason);
    },
    buffered: () => socket.bufferedAmount,
  };
}
