import type { LetterWords } from "./words.ts";

export const en: LetterWords = {
  themes: {
    work: "work",
    study: "study and exams",
    jobs: "finding a job",
    sleep: "sleep",
    food: "food",
    coffee: "coffee and tea",
    weather: "the weather",
    family: "family",
    friends: "friends",
    love: "love",
    health: "health",
    money: "money",
    animals: "the animals we live with",
    music: "music",
    stories: "books and films",
    games: "games",
    travel: "travel",
    exercise: "walking and exercise",
    home: "home",
    rest: "days off",
  },
  comma: ", ",
  openings: [
    "Over the past day, {writers} {writers|person|people} set down {buzzes} {buzzes|buzz|buzzes} here.",
    "{buzzes} {buzzes|buzz|buzzes} came down in the jungle since this time yesterday, from {writers} {writers|person|people}.",
    "{writers} {writers|person|people}, {buzzes} {buzzes|buzz|buzzes}: that is how much the jungle grew in a day.",
    "The day of {writers} {writers|person|people} is gathered here in {buzzes} {buzzes|buzz|buzzes}.",
    "Since yesterday's letter, {writers} {writers|person|people} spoke up {buzzes} {buzzes|time|times}.",
  ],
  told: [
    "Much of it turned around {themes}.",
    "What came up most: {themes}.",
    "The talk kept coming back to {themes}.",
  ],
  moods: {
    joy: [
      {
        title: "A day when laughter came first",
        body:
          "Joy was the mood most often heard. It does not have to be loud to reach the next seat. If nothing made you " +
          "smile today, you may borrow some of theirs for a while.",
      },
      {
        title: "More leaves than usual",
        body:
          "Glad words came out like leaves. Good things last longer once they are written down: one line tonight, and you " +
          "will have something to read on a grey day.",
      },
      {
        title: "Where good news passed by",
        body:
          "Somebody's good day made this place a little brighter. On a day for being glad, be glad all the way. You " +
          "owe nobody an explanation for it.",
      },
    ],
    flutter: [
      {
        title: "Toward whatever makes the heart quick",
        body:
          "Most of all there was excitement. It is a way of loving something before it happens. However it turns out, " +
          "the hours of looking forward are already yours.",
      },
      {
        title: "Standing at a door",
        body:
          "Many words sounded as if they stood before a new door. In the body, nerves and excitement live next door " +
          "to each other. Take one breath, and one step, shaky as it is.",
      },
      {
        title: "Something to wait for",
        body:
          "The place was full of waiting, the good kind. Having something to wait for is giving tomorrow a name. It " +
          "does no harm to say that name a few more times today.",
      },
    ],
    thanks: [
      {
        title: "The thank-yous piled up",
        body:
          "Thankfulness came up more than anything else. A thank-you warms the one it is meant for and has some left " +
          "over for whoever reads along. If a face comes to mind, send a short hello today.",
      },
      {
        title: "An eye for small kindness",
        body:
          "Many noticed a small kindness. Gratitude begins with the eye that counts what was given. Turn that eye on " +
          "yourself once, too: you also tried today.",
      },
      {
        title: "Kept by the one who received it",
        body:
          "A grateful mood stayed long in the jungle. Those who give often forget, and those who receive remember. " +
          "Something you did without thinking may be remembered like that.",
      },
    ],
    calm: [
      {
        title: "Low tide",
        body:
          "Calm was the mood of the day. Days on which nothing happens make no stories, and yet they carry us furthest. " +
          "There is no need to hurry and fill the quiet.",
      },
      {
        title: "Wide shade",
        body:
          "Peaceful words spread a wide shade. Resting takes some practice as well. For as long as a cup of tea takes " +
          "to cool, you need not get anything done.",
      },
      {
        title: "At your own pace",
        body:
          "Nobody seemed in a rush here. Slow steps reach the end of the day too. If today looks much like yesterday, " +
          "that also counts as a day well spent.",
      },
    ],
    tired: [
      {
        title: "You may put some of it down",
        body:
          "Tiredness was named most often. Being worn out is not being lazy; it means you kept going for a long time. " +
          "Pick one thing that can wait, and let it wait.",
      },
      {
        title: "For those on the last bar of battery",
        body:
          "Many crossed the day on what strength was left. Even with things undone, the way you came still stands. " +
          "Tonight there is one task only: lights out, lie down.",
      },
      {
        title: "To heavy shoulders",
        body:
          "The words that landed here were a little heavy. In the hour when you felt like the only one falling behind, " +
          "others here were holding on in much the same way. Drop your shoulders once, and breathe out slowly.",
      },
    ],
    sad: [
      {
        title: "For hearts that had rain",
        body:
          "Sadness came by more than any other mood. It is less a thing to fix than a thing to let pass. Even if it has " +
          "not passed yet: if you ate and drank some water today, you did well.",
      },
      {
        title: "A place where crying is fine",
        body:
          "Wet words were laid down here quietly. It hurts as much as it mattered, so do not scold the one who hurts. " +
          "On a night when no one comes to mind to talk to, you can write it here.",
      },
      {
        title: "Wet leaves dry slowly",
        body:
          "Some lost something, some missed someone. Comfort tends to come late and clumsy. Let this much be said anyway: " +
          "you do not have to be all right quickly.",
      },
    ],
    anxious: [
      {
        title: "Before something that has not come yet",
        body:
          "Worry was the mood most often heard. It is also a sign that there is something you want to keep safe. Not " +
          "every worry can be solved, but on paper it gets an edge and a size.",
      },
      {
        title: "On a swaying branch",
        body:
          "Minds were busy running ahead to what comes next. The tomorrow in our heads always looks bigger than the " +
          "real one. Feel the floor under your feet, and slowly count five things you can touch.",
      },
      {
        title: "Only today's share",
        body:
          "Many uneasy hearts met here. Tomorrow's share of worry will have tomorrow's you to help carry it. For now, " +
          "the smallest thing that can be done today is enough.",
      },
    ],
    angry: [
      {
        title: "A place to set down the heat",
        body:
          "Anger was heard most. It is often a line telling us: up to here, and no further. Seeing that line is enough " +
          "for one day, and a reply sent after some sleep is not too late.",
      },
      {
        title: "A day of swallowed words",
        body:
          "Words long held back came out here. You are not small for being angry; something you care about was stepped on. " +
          "Open a window, walk a few steps, then choose again what you want to say.",
      },
      {
        title: "Strong wind",
        body:
          "It blew hard, unfair and stifling. In a strong wind, sitting down for a moment can be wiser than standing " +
          "firm. Who was right can wait until after a glass of water.",
      },
    ],
  },
  mixed: [
    {
      title: "A day of many colours",
      body:
        "No single mood came first. There was a sigh beside the laughter, and a joke beside the sigh. Feeling several " +
        "things in one day is nothing strange.",
    },
    {
      title: "No name needed",
      body:
        "It was hard to call this day by one word. A mood does not always need a name. That you felt something today " +
        "is plenty.",
    },
    {
      title: "Leaves and roots",
      body:
        "Light moods and heavy ones stood side by side. No tree is all leaves, and none is all roots. With both, it " +
        "becomes a forest.",
    },
  ],
  beside: {
    joy: "Next to it, there was laughter too.",
    flutter: "Next to it, some hearts beat faster.",
    thanks: "In between lay a good many thank-yous.",
    calm: "Off to one side, some calm was resting.",
    tired: "Tiredness leaned against it.",
    sad: "Sadness sat with it, quietly.",
    anxious: "Unease stood close by.",
    angry: "And some heat was waiting to cool.",
  },
  closings: [
    "Do not try too hard today. As you are will do.",
    "Have some lunch, and look out of a window for a minute.",
    "Try lying down a little earlier tonight than last night.",
    "Whenever there is something to say, drop it here.",
    "If you could tell nobody about your day, let this letter ask first: how are you today?",
    "Good days and other days: you may be here on both.",
    "Tomorrow morning, another letter will be in this place.",
  ],
  few: [
    {
      title: "A letter for a soft-spoken day",
      body:
        "Only a few came by today. Their words stay where they are; this letter only says hello. It need not be a " +
        "crowd. One line by one person is also a day lived through.",
    },
    {
      title: "A few small lights",
      body:
        "From far away, the day looked like a night with light in a few windows. The fewer the lights, the clearer each " +
        "one. To those who spoke and those who only read: may the day be easy on you.",
    },
    {
      title: "Gathering slowly",
      body:
        "A forest was not a forest from the start. A few seeds come first and settle, and the shade follows. Thank you " +
        "to the hearts that came early.",
    },
    {
      title: "A quiet hello",
      body:
        "The jungle is uncrowded today. On such days it is easier to hear yourself. Are your shoulders heavy, have you " +
        "eaten well? Ask yourself for a moment.",
    },
  ],
  quiet: [
    {
      title: "On a day without words",
      body:
        "No words were left here over the past day. No words does not mean no feeling. With nothing to say, you still " +
        "came through the day.",
    },
    {
      title: "The forest took a rest",
      body:
        "Trees, too, have hours in which they stop and rest. Yesterday's jungle was like that. This place will stay as " +
        "it is until you feel like talking again.",
    },
    {
      title: "One empty chair",
      body:
        "There is an empty chair by the window today. You may come and sit, or just pass by. Either way, an easy road " +
        "to you.",
    },
    {
      title: "Silence is news as well",
      body:
        "No news can mean that all went well. That would be good. And if it was a day you could not talk about, a very " +
        "short line is a fine place to begin.",
    },
  ],
  honest: {
    many:
      "This letter was put together without AI: moods and topics were counted by the words in the buzzes, and the text " +
      "was chosen from letters written beforehand.",
    few:
      "This letter was chosen, without AI, from letters written beforehand. When fewer than five people write, only the " +
      "numbers are counted, and what they wrote stays out of the letter.",
    quiet: "This letter was written beforehand, without AI.",
  },
};
