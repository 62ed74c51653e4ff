// The load generator: many WebSockets by hand over TCP, so that it costs less than what it measures.
// Run by Node: `node load.mjs '<config>'`; each line on stdin is a phase, each answered by one line on stdout.
//   config: { port, dialect: "jungle" | "ws" | "socketio", sockets, tokens: [] }   (the first sockets are the senders)
//   phase:  { rate, seconds, drain }  ->  { sent, delivered, expected, breaches, refused, p50, p99, max, loadCpu, lost }
import net from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";

const config = JSON.parse(process.argv[2]);
const shared = Buffer.alloc(256 * 1024);
const SEQ = Buffer.from('"seq":');
const TENTHS = 300_000; // latencies up to 30 s, in tenths of a millisecond

const tally = { delivered: 0, breaches: 0, refused: 0, lost: 0, joined: 0, latencies: new Int32Array(TENTHS + 1) };
/** What a frame holds, by its first seq: every socket gets the same frames, so each is parsed once. */
const known = new Map();

class Reader {
  next = -1;
  carry = null;
  upgraded = false;

  constructor(n) {
    this.sampled = n % 10 === 0;
    this.compared = n % 50 === 0;
    this.socket = net.connect({
      host: "127.0.0.1",
      port: config.port,
      onread: { buffer: shared, callback: (size, buffer) => this.take(buffer.subarray(0, size)) },
    });
    this.socket.setNoDelay(true);
    this.socket.on("error", () => {});
    this.socket.on("close", () => tally.lost++);
    this.socket.write(handshake(config.tokens[n]));
  }

  take(chunk) {
    const data = this.carry ? Buffer.concat([this.carry, chunk]) : chunk;
    let at = 0;
    if (!this.upgraded) {
      const end = data.indexOf("\r\n\r\n");
      if (end >= 0) {
        if (!data.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) throw new Error(data.toString());
        this.upgraded = true;
        this.greet();
        at = end + 4;
      }
    }
    while (this.upgraded && data.length - at >= 2) {
      const short = data[at + 1] & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (data.length - at < head) break;
      const size = short < 126
        ? short
        : short === 126
        ? data.readUInt16BE(at + 2)
        : Number(data.readBigUInt64BE(at + 2));
      if (data.length - at < head + size) break;
      this.frame(data[at] & 0x0f, data, at + head, at + head + size);
      at += head + size;
    }
    this.carry = at < data.length ? Buffer.from(data.subarray(at)) : null;
    return true;
  }

  greet() {
    if (config.dialect === "jungle") this.socket.write(frameOf('{"type":"join","room":"plaza"}'));
    else if (config.dialect === "ws") tally.joined++;
  }

  frame(opcode, data, from, to) {
    if (opcode === 9) return void this.socket.write(frameOf(data.subarray(from, to), 10));
    if (opcode !== 1) return;
    const seq = data.indexOf(SEQ, from);
    const isMessages = seq >= 0 && seq < from + 80 && seq < to && data.indexOf('"messages"', from) < seq;
    if (isMessages) this.messages(data, from, to, seq + SEQ.length);
    else this.other(data.toString("utf8", from, to));
  }

  messages(data, from, to, digits) {
    let first = 0;
    for (let i = digits; data[i] >= 48 && data[i] <= 57; i++) first = first * 10 + data[i] - 48;
    let frame = known.get(first);
    if (frame?.size !== to - from || (this.compared && data.compare(frame.bytes, 0, frame.size, from, to) !== 0)) {
      frame = parse(data, from, to);
      known.set(first, frame);
    }
    if (this.next >= 0 && first !== this.next) tally.breaches++;
    this.next = first + frame.times.length;
    tally.delivered += frame.times.length;
    if (!this.sampled) return;
    const now = performance.now();
    for (const time of frame.times) tally.latencies[Math.min(TENTHS, Math.max(0, Math.round((now - time) * 10)))]++;
  }

  other(text) {
    if (text.includes('"refused"')) tally.refused++;
    else if (text.includes('"joined"')) {
      tally.joined++;
      this.next = JSON.parse(text).head + 1;
    } else if (config.dialect === "socketio") {
      if (text[0] === "0") this.socket.write(frameOf("40"));
      if (text[0] === "2") this.socket.write(frameOf("3"));
      if (text.startsWith("40")) tally.joined++;
    }
  }

  say(text) {
    const message = JSON.stringify({ type: "send_chat", room: "plaza", text, clientId: clientId() });
    this.socket.write(frameOf(config.dialect === "socketio" ? `42["send_chat",${message}]` : message));
  }
}

function parse(data, from, to) {
  const text = data.toString("utf8", from, to);
  const body = config.dialect === "socketio" ? JSON.parse(text.slice(2))[1] : JSON.parse(text);
  body.items.forEach((item, i) => {
    if (item.seq !== body.items[0].seq + i) tally.breaches++;
  });
  const times = Float64Array.from(body.items, (item) => Number(item.text.split(" ")[0]));
  return { size: to - from, times, bytes: Buffer.from(data.subarray(from, to)) };
}

/** As in UUIDv7: the time first, so that ids grow. */
let made = 0;
const clientId = () => `${Date.now().toString(16).padStart(12, "0")}-${(made++).toString(16).padStart(8, "0")}`;

function handshake(token) {
  const path = config.dialect === "socketio" ? "/socket.io/?EIO=4&transport=websocket" : "/ws";
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${config.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n` +
    (token ? `Authorization: Bearer ${token}\r\n\r\n` : "\r\n");
}

/** Masked with zeros, which is a mask and costs nothing. */
function frameOf(payload, opcode = 1) {
  const data = Buffer.from(payload);
  const long = data.length >= 126 ? 2 : 0;
  const frame = Buffer.alloc(6 + long + data.length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (long ? 126 : data.length);
  if (long) frame.writeUInt16BE(data.length, 2);
  data.copy(frame, 6 + long);
  return frame;
}

/** Sends at a steady rate, each message stamped with when it was due, and waits until everybody has everything. */
async function run({ rate, seconds, drain }) {
  Object.assign(tally, { delivered: 0, breaches: 0, refused: 0, lost: 0 });
  tally.latencies.fill(0);
  known.clear();
  const cpu = process.cpuUsage();
  const senders = readers.slice(0, config.tokens.length);
  const total = rate * seconds;
  const start = performance.now();
  await new Promise((done) => {
    let sent = 0;
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor((performance.now() - start) * rate / 1000));
      for (; sent < due; sent++) {
        const at = start + sent * 1000 / rate;
        senders[sent % senders.length].say(`${at.toFixed(2)} 오늘은 비가 와서 마음이 조금 차분해졌어요`);
      }
      if (sent === total) done(clearInterval(timer));
    }, 2);
  });
  const expected = total * readers.length;
  const deadline = performance.now() + drain * 1000;
  while (tally.delivered < expected && performance.now() < deadline) await new Promise((go) => setTimeout(go, 20));
  const used = process.cpuUsage(cpu);
  return {
    sent: total,
    delivered: tally.delivered,
    expected,
    took: performance.now() - start,
    breaches: tally.breaches,
    refused: tally.refused,
    lost: tally.lost,
    ...quantiles(tally.latencies),
    loadCpu: (used.user + used.system) / 1e6,
  };
}

function quantiles(latencies) {
  const all = latencies.reduce((sum, n) => sum + n, 0);
  const at = (share) => {
    let sum = 0;
    return latencies.findIndex((n) => (sum += n) >= all * share) / 10;
  };
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const readers = [];
for (let n = 0; n < config.sockets; n++) {
  readers.push(new Reader(n));
  while (n - tally.joined > 100) await new Promise((go) => setTimeout(go, 2));
}
while (tally.joined < config.sockets) await new Promise((go) => setTimeout(go, 5));
console.log(JSON.stringify({ ready: config.sockets }));

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await run(JSON.parse(line))));
}
process.exit(0);
