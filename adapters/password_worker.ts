import bcrypt from "bcryptjs";

/** What the worker is asked: make a hash, or compare with one. */
export type Question = { password: string; cost: number } | { password: string; hash: string };

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Question>) => void;
  postMessage(answer: string | boolean): void;
};

scope.onmessage = ({ data }) => {
  scope.postMessage(
    "hash" in data ? bcrypt.compareSync(data.password, data.hash) : bcrypt.hashSync(data.password, data.cost),
  );
};
