// The plaza on Socket.IO: the same messages to everybody, nothing stored, websocket transport only.
import process from "node:process";
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"], serveClient: false });
let seq = 0;
io.on("connection", (socket) => {
  socket.on("send_chat", ({ text, clientId }) => {
    seq++;
    const author = { id: "01JD0000000000000000000000", nickname: "사람", role: "user" };
    const item = { seq, id: `plaza:${seq}`, clientId, author, kind: "user", text, at: Date.now() };
    io.emit("messages", { type: "messages", room: "plaza", items: [item] });
  });
});
http.listen(Number(process.argv[2]), "127.0.0.1");
