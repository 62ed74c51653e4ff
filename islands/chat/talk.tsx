import { useEffect, useState } from "preact/hooks";
import type { Chat } from "./chat.ts";
import type { Shelf } from "./outbox.ts";
import { Room, type RoomProps } from "./room.tsx";
import type { Store } from "./hands.ts";
import type { View } from "./view.ts";

type TalkProps = { store: Store; data: View & Pick<RoomProps, "form">; shelf: Shelf | null };

/** The room as it is now; drawn again with each change. */
export function useChat(store: Store): Chat {
  const [, draw] = useState({});
  useEffect(() => store.changed(() => draw({})), [store]);
  return store.chat();
}

/** A room in a page: first as the server drew it; then times and days are the reader's own. */
export function Talk({ store, data, shelf }: TalkProps) {
  const { lang, zone, now, words, maxText, place, above, event, form } = data;
  const [view, show] = useState<View>({ lang, zone, now, words, maxText, place, above, event });
  useEffect(() => show({ ...view, zone: Intl.DateTimeFormat().resolvedOptions().timeZone, now: Date.now() }), []);
  const chat = useChat(store);
  return (
    <Room
      chat={chat}
      hands={store}
      view={view}
      quiet={store.quiet()}
      digest={store.digest()}
      shelf={shelf}
      form={form}
    />
  );
}
