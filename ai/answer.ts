import { z } from "zod";

type Format = { type: "json_object" } | { type: "json_schema"; json_schema: JsonSchema };
type JsonSchema = { name: string; strict: boolean; schema: Record<string, unknown> };

/** How the server is told the shape. Not every server knows `json_schema`. */
export function formatOf(name: string, schema: z.ZodType, knowsSchema: boolean): Format {
  if (!knowsSchema) return { type: "json_object" };
  return { type: "json_schema", json_schema: { name, strict: true, schema: jsonSchemaOf(schema) } };
}

/** The same in words, which every model reads. */
export function shapeOf(schema: z.ZodType): string {
  return `Answer with one JSON object of this JSON Schema and nothing else:\n${JSON.stringify(jsonSchemaOf(schema))}`;
}

/** The value, or what is wrong with it in words for the model. */
export function readAnswer<T>(said: string, schema: z.ZodType<T>): { value: T } | { complaint: string } {
  let json: unknown;
  try {
    json = JSON.parse(said.trim().replace(/^```(?:json)?\s*/i, "").replace(/\s*```$/, ""));
  } catch {
    return { complaint: "That was not JSON. Answer again with the JSON object and nothing else." };
  }
  const read = schema.safeParse(json);
  if (read.success) return { value: read.data };
  const wrong = read.error.issues.slice(0, 10).map(({ path, message }) => `${path.join(".") || "answer"}: ${message}`);
  return { complaint: `That JSON does not fit:\n${wrong.join("\n")}\nAnswer again with the whole JSON object.` };
}

/** Without lengths: strict servers refuse them, and zod checks them in any case. */
function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  return z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const name of ["minLength", "maxLength", "minItems", "maxItems"] as const) delete jsonSchema[name];
    },
  });
}
