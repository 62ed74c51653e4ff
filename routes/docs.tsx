import { Hono } from "hono";
import { z } from "zod";
import { Problem, type ProblemCode, problems } from "../domain/problems.ts";
import { explain } from "../domain/words/explain.ts";
import type { Words } from "../domain/words/words.ts";
import type { AppEnv, Parts } from "./context.ts";
import { type Operation, operations } from "./operations.ts";
import { Page, show } from "./pages/layout.tsx";

/** `/api/docs`: the same table that the OpenAPI document is made of, to be read by people. */
export function docsRoutes(house: Pick<Parts, "assets" | "env">): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/api/docs", (c) => {
    const { docs } = c.var.words;
    return show(
      c,
      <Page c={c} house={house} title={docs.title} main="page docs">
        <header>
          <h1>{docs.title}</h1>
          <p class="soft">{docs.lead}</p>
          <a href="/api/openapi.json">/api/openapi.json</a>
        </header>
        {operations.map((operation) => (
          <Described key={operation.method + operation.path} operation={operation} words={c.var.words} />
        ))}
        <section class="card stack tight">
          <h2>{docs.problems}</h2>
          <p class="s soft">{docs.problemsLead}</p>
          <dl class="stack tight">
            {(Object.keys(problems) as ProblemCode[]).map((code) => (
              <div key={code} id={code}>
                <dt>
                  <code>{`${problems[code]} ${code}`}</code>
                </dt>
                <dd>{explain(c.var.words, new Problem(code)).message}</dd>
              </div>
            ))}
          </dl>
        </section>
      </Page>,
    );
  });
}

function Described({ operation, words }: { operation: Operation; words: Words }) {
  const { method, path, summary, who, body, query, answers } = operation;
  return (
    <section class="card stack tight">
      <h2>
        <code>{`${method.toUpperCase()} ${path.replace(/:(\w+)/g, "{$1}")}`}</code>{" "}
        <span class={who === "admin" ? "badge staff" : who === "member" ? "badge ok" : "badge"}>
          {words.docs.who[who]}
        </span>
      </h2>
      <p lang="en">{summary}</p>
      {query && <p class="s soft">{words.docs.query} {namesOf(query)}</p>}
      {body && <p class="s soft">{words.docs.body} {namesOf(body)}</p>}
      <p class="s soft">{words.docs.answers} {Object.keys(answers).join(", ")}</p>
    </section>
  );
}

/** The fields of a schema; those that may be left out with a question mark. */
function namesOf(schema: z.ZodType) {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return <code>{Object.keys(properties).map((name) => required.includes(name) ? name : `${name}?`).join(", ")}</code>;
}
