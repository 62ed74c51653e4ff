import type { MailWords } from "./ko.ts";

export const mails: MailWords = {
  hello: "Hello {name},",
  ignore: "If you did not ask for this, you can leave this mail alone. Nothing changes.",
  verify: {
    subject: "Please verify your mail address",
    text: "To use this address with the Jungle Buzz account {username}, press the button. It works for 24 hours.",
    button: "This address is mine",
  },
  reset: {
    subject: "Choose a new password",
    text: "You can choose a new password for the Jungle Buzz account {username}. The link works once, for an hour.",
    button: "Choose a new password",
  },
  password_changed: {
    subject: "Your password was changed",
    text: "The password of the Jungle Buzz account {username} was changed, and all other devices were logged out.",
    notYou: "If it was not you, please choose a new password now.",
    button: "Choose a new password",
  },
  address_changed: {
    subject: "Your mail address was changed",
    text: "The Jungle Buzz account {username} now has another mail address. We will not write to this one again.",
    notYou: "If it was not you, please log in, change your password, and tell an administrator.",
    button: "Open Jungle Buzz",
  },
  letter_confirm: {
    subject: "Shall we mail you the letter?",
    text: "You asked for the Jungle Buzz letter at this address. Press the button, and it comes from the next one on.",
    button: "Send me the letter",
  },
  letter: {
    subject: "{title} · the letter of {date}",
    read: "Read it in the jungle",
    hard: "On a very hard night, do not stay alone with it. In Korea, 109 answers day and night.",
    byModel: "Bandi, an AI, read the public buzzes of the past day and wrote this letter.",
    byOffline: "Written without AI, put together from texts written beforehand.",
    why: "You receive this because you asked for the letter by mail.",
    stop: "Stop these mails",
    settings: "Change the hour",
  },
  news: {
    subject: "{n} {n|thing|things} we kept for you",
    lead: "What happened in the jungle while you were away.",
    why: "You chose to be told of these together, and no browser of yours gets notifications.",
    stop: "Stop these mails",
    settings: "Change notifications",
  },
  digest: {
    subject: "{n} {n|letter|letters} of the past week",
    lead: "The letters that came to the jungle in the past week.",
  },
};
