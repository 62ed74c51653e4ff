import type { Feelings } from "./words.ts";

export const en: Feelings = {
  me: "Myself, who wrote this today",
  situation: "{place} {wish} What I wrote: “{text}”",
  other: { place: "I am on the phone with an old friend in the evening.", who: "An old friend" },
  places: {
    work: { place: "After work I am walking home with a colleague.", who: "A colleague I get on with" },
    study: { place: "Class is over and a classmate and I stay in the corridor.", who: "A friend I study with" },
    jobs: { place: "I have come to a career adviser’s office.", who: "A career adviser" },
    sleep: { place: "It is late, I cannot sleep, and I call a friend.", who: "A friend who is still awake" },
    food: { place: "I am having a meal with a friend at a place nearby.", who: "A friend at the table" },
    coffee: { place: "I am sitting at a café window with a friend.", who: "A friend in the café" },
    weather: { place: "At the bus stop a neighbour and I begin with the weather.", who: "A neighbour" },
    family: {
      place: "At the weekend I am on the phone with my cousin about family.",
      who: "A cousin who knows me well",
    },
    friends: { place: "I am telling one friend about something between friends.", who: "A friend who listens well" },
    love: { place: "On a walk I tell a friend about somebody I like.", who: "A friend who keeps secrets" },
    health: { place: "I am talking with a doctor at a local clinic.", who: "A kind doctor" },
    money: { place: "I bring up money with a friend who is good with it.", who: "A thrifty friend" },
    animals: { place: "In the park I have met somebody who loves animals.", who: "Somebody on a walk in the park" },
    music: {
      place: "After a concert I am talking with the person beside me.",
      who: "Somebody who loves the same music",
    },
    stories: { place: "At a book club I begin to talk with the person beside me.", who: "A member of the book club" },
    games: { place: "The game is over and I am talking with a teammate.", who: "A teammate" },
    travel: { place: "I have met another traveller where I am staying.", who: "A traveller" },
    exercise: { place: "After a workout I am catching my breath with a partner.", who: "A workout partner" },
    home: { place: "In front of my home I have met a neighbour.", who: "A warm neighbour" },
    rest: { place: "It is my day off, and a friend asks how I am.", who: "A friend who asks how I am" },
  },
  moods: {
    joy: {
      title: "Share something joyful",
      wish: "I want to tell my good news.",
      goals: ["Say what happened", "Say why it made me happy", "Ask for their good news too"],
    },
    flutter: {
      title: "Say what excites me",
      wish: "I want to put my excitement into words.",
      goals: ["Say what excites me", "Name one thing I hope for", "Ask what they think"],
    },
    thanks: {
      title: "Say thank you",
      wish: "I want to say how thankful I am.",
      goals: ["Say what I am thankful for", "Say how I felt then", "Say what I would like to do in return"],
    },
    calm: {
      title: "Talk about a calm day",
      wish: "I want to share a calm day, without hurry.",
      goals: ["Name one thing I did today", "Say which moment I liked", "Ask about their day"],
    },
    tired: {
      title: "Tell of a tiring day",
      wish: "I want to say that I am worn out and need rest.",
      goals: ["Say what was hard", "Ask for what I need now", "Name one plan to rest"],
    },
    sad: {
      title: "Say that I am sad",
      wish: "I want to say my sadness instead of keeping it alone.",
      goals: ["Say what happened", "Say how I feel", "Say what would comfort me"],
    },
    anxious: {
      title: "Share a worry",
      wish: "I want to put a worry into words.",
      goals: ["Say what worries me", "Ask for one piece of advice", "Decide on one thing to try"],
    },
    angry: {
      title: "Say calmly that I am angry",
      wish: "I want to say that I am angry without hurting anybody.",
      goals: ["Say what happened", "Say how I feel, beginning with “I”", "Ask for what I want"],
    },
  },
};
