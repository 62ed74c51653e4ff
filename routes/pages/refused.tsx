import type { Tried } from "./attempt.ts";

/** Why a form was refused, when none of its fields says it. */
export function Refused({ tried }: { tried?: Tried }) {
  if (!tried || Object.keys(tried.fields).length) return null;
  return <p class="err" role="alert">{tried.message}</p>;
}
