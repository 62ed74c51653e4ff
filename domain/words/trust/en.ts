import type { TrustWords } from "./ko.ts";

export const trust: TrustWords = {
  providers: { kakao: "Kakao", github: "GitHub" },
  with: "Continue with {name}",
  newcomer: {
    title: "Choose a nickname",
    lead: "{name} knows you. Choose what you are called in the jungle, and you are in.",
    join: "Start with this nickname",
    have: "If you have an account already, log in with it and connect {name} in your settings.",
    taken: "An account with this mail address is here already. Log in with it and connect {name} in your settings.",
    enter: "Log in to my account",
  },
  logins: {
    title: "Connected logins",
    lead: "Other ways in, beside your password.",
    linked: "Connected on {date}",
    linkedAs: "{name} · connected on {date}",
    notLinked: "Not connected",
    link: "Connect {name}",
    unlink: "Disconnect {name}",
    last: "You have no password, so your only login cannot be disconnected.",
    off: "No other logins are available here now.",
  },
  sessions: {
    title: "Where you are logged in",
    lead: "If you do not know a device, log it out and change your password.",
    unknownDevice: "Unknown device",
    unknownPlace: "Unknown place",
    here: "This device",
    used: "Last used {time}",
    since: "Logged in {time}",
    end: "Log out",
    endOf: "Log out {device}",
    endOthers: "Log out all other devices",
    alone: "You are not logged in anywhere else.",
  },
  stepUp: {
    title: "Is it you?",
    lead: "Before something that cannot be undone we ask once more. It then holds for 10 minutes.",
    confirm: "Confirm",
    through: "Confirm with {name}",
  },
};
