/** A key that knows the type of its value. */
export type Key<V> = Deno.KvKey & { readonly __value?: V };
export const key = <V>(...parts: Deno.KvKeyPart[]): Key<V> => parts;
