import type { notifications as ko } from "./ko.ts";

export const notifications: typeof ko = {
  title: "Notifications",
  intro: "Even with every window closed, and only when you choose.",
  device: "Notify me on this device",
  deviceOn: "This device gets your notifications.",
  turnOff: "Turn off on this device",
  denied:
    "Your browser is blocking notifications. Allow them in the site settings beside the address bar, then press again.",
  cannot:
    "This browser can’t receive notifications with its windows closed. On an iPhone, add us to your home screen first.",
  failed: "We couldn’t turn notifications on. Please try again in a moment.",
  devices: "{n} {n|device gets|devices get} your notifications",
  kinds: {
    mention: "Somebody mentions me",
    reply: "Somebody replies to me",
    room: "Something new in a room I follow in full",
    match: "A like is returned",
    message: "New 1:1 message",
    letter: "Today’s letter",
  },
  paces: { now: "At once", daily: "Once a day", weekly: "Once a week", never: "Never" },
  quiet: "Quiet hours",
  quietOn: "Keep notifications back during quiet hours",
  quietFrom: "from",
  quietTo: "to",
  digestHow: "What is gathered comes at 9 in the morning; once a week means Monday.",
  goes: {
    push: "What is gathered comes to the devices that get your notifications.",
    mail:
      "No device of yours gets notifications, so what is gathered goes to {address} in one mail. “At once” needs a device.",
    nowhere: "No device gets your notifications, and there is no mail address for them: nothing can reach you now.",
    address: "Verify a mail address",
    byMail: "When no device gets notifications, mail me what is gathered",
  },
  save: "Save",
  saved: "Your notification settings are saved.",
  said: {
    mention: "{who} mentioned you",
    reply: "{who} replied to you",
    room: "Something new in “{who}”",
    match: "You have a new match",
    message: "{who} sent you a message",
    letter: "Today’s letter is here",
    many: "{n} new things for you",
    open: "Open to read",
  },
  app: {
    fresh: "A new version is ready.",
    reload: "Reload",
    offlineTitle: "You are offline",
    offline: "This page comes back by itself once you are connected. What you were writing is still on this device.",
    lastSeen: "What you read last",
    nothingSeen: "Nothing has been read on this device yet.",
    again: "Try again",
  },
};
