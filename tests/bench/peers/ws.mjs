// The plaza on `ws`: the same frames to everybody, nothing stored. The frame is encoded once for all sockets.
import process from "node:process";
import { WebSocketServer } from "ws";

const server = new WebSocketServer({ port: Number(process.argv[2]), host: "127.0.0.1", path: "/ws" });
let seq = 0;
server.on("connection", (socket) => {
  socket.on("message", (data) => {
    const { text, clientId } = JSON.parse(data.toString());
    seq++;
    const author = { id: "01JD0000000000000000000000", nickname: "사람", role: "user" };
    const item = { seq, id: `plaza:${seq}`, clientId, author, kind: "user", text, at: Date.now() };
    const frame = Buffer.from(JSON.stringify({ type: "messages", room: "plaza", items: [item] }));
    for (const client of server.clients) client.send(frame, { binary: false });
  });
});
