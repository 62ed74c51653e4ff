import { Hono } from "hono";
import { z } from "zod";
import { problems } from "../domain/problems.ts";
import { quota } from "../domain/quota.ts";
import type { AppEnv } from "./context.ts";
import { version } from "./health.ts";
import { type Operation, operations } from "./operations.ts";

type Json = Record<string, unknown>;

/** `/api/openapi.json`, made once, when it is first asked for. */
export function openapiRoutes(): Hono<AppEnv> {
  let text: string | undefined;
  return new Hono<AppEnv>().get("/api/openapi.json", (c) => {
    text ??= JSON.stringify(openapi());
    return c.body(text, 200, { "Content-Type": "application/json; charset=UTF-8" });
  });
}

/** The OpenAPI 3.1 document, from the schemas that the routes check with. */
export function openapi(): Json {
  const schemas: Json = { Problem: schemaOf(problem) };
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method]: describe(operation, schemas) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Jungle Buzz", version, description: "Errors are `application/problem+json` with a stable `code`." },
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        cookie: { type: "apiKey", in: "cookie", name: "jb_access" },
      },
    },
  };
}

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.enum(Object.keys(problems) as [keyof typeof problems]),
  detail: z.string().describe("A sentence in the reader's language"),
  wait: z.number().int().optional().describe("Seconds until it makes sense to try again"),
  fields: z.record(z.string(), z.string()).optional().describe("A sentence for each field that does not fit"),
  quota: quota.optional().describe("With `used_up`"),
  requestId: z.string(),
});

function describe(
  { method, path, summary, who, body, query, answers, problems: codes }: Operation,
  schemas: Json,
): Json {
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    operationId: `${method}${path.slice(4).replace(/\W+(\w)/g, (_, letter) => letter.toUpperCase())}`,
    summary,
    ...(who === "anyone" ? {} : { security: [{ bearer: [] }, { cookie: [] }] }),
    parameters: [...inPath, ...(query ? inQuery(query) : [])],
    ...(body
      ? { requestBody: { required: true, content: { "application/json": { schema: schemaOf(body, "input") } } } }
      : {}),
    responses: { ...answersOf(answers, schemas), ...refusals(who, body, codes) },
  };
}

function inQuery(query: z.ZodObject): Json[] {
  const { properties = {} } = schemaOf(query, "input");
  return Object.entries(properties as Json).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
}

function answersOf(answers: Operation["answers"], schemas: Json): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => {
      if (!schema) return [status, { description: "Done" }];
      const content = { "application/json": { schema: named(schemaOf(schema), schemas) } };
      return [status, { description: "Done", content }];
    }),
  );
}

/** The refusals of an operation, one answer per status, the codes in its description. */
function refusals(who: Operation["who"], body: z.ZodType | undefined, codes: Operation["problems"]): Json {
  const all = new Set(codes);
  if (who === "member") all.add("unauthenticated");
  if (body) { for (const code of ["malformed", "too_large", "unsupported"] as const) all.add(code); }
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const byStatus = Map.groupBy(all, (code) => problems[code]);
  return Object.fromEntries([...byStatus].map(([status, of]) => [status, { description: of.join(", "), content }]));
}

function schemaOf(schema: z.ZodType, io: "input" | "output" = "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

/** Moves what zod calls a definition to the document's components. */
function named(schema: Json, schemas: Json): Json {
  const { $defs = {}, id, ...rest } = schema as { $defs?: Json; id?: string };
  const moved = (part: Json): Json => JSON.parse(JSON.stringify(part).replaceAll("#/$defs/", "#/components/schemas/"));
  for (const [name, definition] of Object.entries($defs)) schemas[name] = moved(definition as Json);
  if (!id) return moved(rest);
  schemas[id] = moved(rest);
  return { $ref: `#/components/schemas/${id}` };
}
