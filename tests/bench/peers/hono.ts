import { Hono } from "hono";

/** The least that can answer: what (e) compares with. */
export default new Hono().get("/", (c) => c.text("hello"));
