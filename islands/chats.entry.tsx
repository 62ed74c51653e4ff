import { hydrate } from "preact";
import { browserShelf } from "./chat/outbox.ts";
import { Chats, type ChatsProps } from "./direct/list.tsx";

const props = JSON.parse(document.getElementById("data")!.textContent!) as ChatsProps;
hydrate(<Chats {...props} shelf={browserShelf()} />, document.getElementById("chats")!);
