import type { InterviewWords } from "./bank.ts";

export const en: InterviewWords = {
  questions: {
    general: [
      { ask: "Could you introduce yourself in about a minute?", then: "Which part of that is closest to this job?" },
      {
        ask: "Tell me about a time you disagreed with a teammate. What did you do?",
        then: "What did that teammate say afterwards?",
      },
      {
        ask: "Tell me about a recent mistake. How did you put it right?",
        then: "What did you change so it wouldn't happen again?",
      },
      {
        ask: "Have you ever finished something with too little time?",
        then: "What did you give up, and what did you protect?",
      },
      {
        ask: "Tell me about a time you had to learn something new quickly.",
        then: "If you did it again, what would you learn first?",
      },
      {
        ask: "Have you ever talked someone into changing a decision?",
        then: "What were they most worried about?",
      },
      { ask: "What work are you most proud of?", then: "Which part of it was yours alone?" },
      {
        ask: "Why would you like to work with us?",
        then: "What would you like to do in your first three months?",
      },
    ],
    developer: [
      {
        ask: "What was the hardest bug you have found, and how did you find it?",
        then: "What would have helped you find it sooner?",
      },
      { ask: "Tell me about a slow feature that you made fast.", then: "How did you measure that it was faster?" },
      {
        ask: "What did you do when opinions differed in a code review?",
        then: "Did any team rule change after that?",
      },
      { ask: "Tell me about your part in handling an outage.", then: "What did you write down afterwards?" },
      {
        ask: "Have you had to work on very old code?",
        then: "Why did you repair it instead of rewriting it?",
      },
    ],
    designer: [
      {
        ask: "Tell me about a time you saw a user struggle and changed the design.",
        then: "How did you learn about the problem?",
      },
      {
        ask: "What did you do when a developer said it was too hard to build?",
        then: "What was the one thing you kept?",
      },
      {
        ask: "Data said one thing and your instinct another. How did you choose?",
        then: "Did the outcome change your mind?",
      },
      {
        ask: "Tell me about a time you needed a draft very quickly.",
        then: "What would you have added with more time?",
      },
      {
        ask: "What was the hardest feedback you got, and how did you take it?",
        then: "Where do we see it in your work today?",
      },
    ],
    marketer: [
      {
        ask: "Tell me about results you got with a small budget.",
        then: "Which one thing worked best?",
      },
      { ask: "Which campaign did worse than you hoped?", then: "When did you decide to change direction?" },
      {
        ask: "Tell me about a moment you understood customers in a new way.",
        then: "How did your tone or channels change?",
      },
      { ask: "Have you ever convinced a team with numbers?", then: "Did anyone doubt those numbers?" },
      {
        ask: "Tell me about preparing a launch with other teams.",
        then: "What came closest to going wrong?",
      },
    ],
    service: [
      {
        ask: "What did you do when a customer was angry with you?",
        then: "How did that customer look at the end?",
      },
      {
        ask: "Everyone came at once. How did you handle the rush?",
        then: "How did you share the work with others?",
      },
      {
        ask: "Tell me about a time you noticed a need before the guest spoke.",
        then: "What was it that you noticed?",
      },
      {
        ask: "A rule and a customer's request clashed. What did you do?",
        then: "Would you do the same again?",
      },
      { ask: "Tell me about training a new coworker.", then: "What did you teach them first?" },
    ],
    office: [
      {
        ask: "Tell me about something messy that you made simple.",
        then: "How much time did it save afterwards?",
      },
      {
        ask: "Several people needed you urgently at once. What did you do?",
        then: "What did you tell the one who had to wait?",
      },
      {
        ask: "Have you ever caught a small error that would have become a big one?",
        then: "What made you notice it?",
      },
      {
        ask: "Tell me about an event or meeting that went wrong and how you saved it.",
        then: "What did you change the next time?",
      },
      {
        ask: "Have you brought a new tool into a team?",
        then: "How did you help the ones who didn't want it?",
      },
    ],
  },
  probes: {
    situation: "Could you tell me a little more about when that was and what was going on?",
    task: "What exactly was your part in it?",
    action: "And what did you do, step by step?",
    result: "What changed in the end, and by how much?",
  },
  frames: {
    situation: "In ___, our team was ___.",
    task: "My job was to ___.",
    action: "First I ___, and then I ___.",
    result: "As a result, ___ improved by ___.",
  },
  closing: "Thank you for your answers. That was the last question. You can open your report now.",
};
