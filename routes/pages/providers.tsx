import type { Provider } from "../../domain/provider.ts";

type Props = {
  offered: readonly Provider[];
  /** What each way is told: where to go after it, and what for. */
  query: Record<string, string>;
  label(provider: Provider): string;
};

/** A button for each way in through somebody else; nothing where none is configured. */
export function Providers({ offered, query, label }: Props) {
  if (offered.length === 0) return null;
  const search = new URLSearchParams(query);
  return (
    <div class="stack tight">
      {offered.map((provider) => (
        <a key={provider} class={`btn full ${provider}`} href={`/login/${provider}?${search}`} rel="nofollow">
          {label(provider)}
        </a>
      ))}
    </div>
  );
}
