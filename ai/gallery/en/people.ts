import type { AreaTexts } from "../scenario.ts";

export const people: AreaTexts<"people"> = {
  first: {
    title: "Meeting someone at a club",
    situation:
      "First day of a neighborhood book club. The person next to you came alone too. It starts in five minutes.",
    mine: "Newcomer",
    theirs: "Person in the next seat",
    goals: ["Introduce yourself", "Ask one question", "Say you'd like to meet again"],
    tags: ["first meeting", "introductions"],
    script: {
      name: "Harper",
      opening: "Oh, hi. Is it your first time here? Mine too.",
      beats: [
        {
          heard: /\b(i['’]?m|i am|my name|call me|i live|i work|nice to meet)\b/i,
          yes: "Nice to meet you! I'm Harper. I run a small bakery around the corner.",
          nudge: "May I ask your name?",
        },
        {
          heard: /\?|\b(what|why|how|which|do you|are you)\b/i,
          yes: "I like reading late when it's quiet. These days it's only short stories.",
          nudge: "I get nervous at these things. Feel free to ask me anything.",
        },
        {
          heard: /\b(next|again|together|coffee|keep in touch|number|see you|later|sometime)\b/i,
          yes: "I'd love that! I'll sit right here next week too.",
          nudge: "Looks like they're starting. Will you come next week?",
        },
      ],
      aside: ["Right, I was thinking the same.", "Ha, I feel better already."],
      lost: { heard: /\b(don['’]t talk|leave me|not interested|go away)\b/i, say: "Oh… sure. I'll let you be." },
      end: "I'm glad I sat here. Let's say goodbye properly afterwards!",
    },
  },
  comfort: {
    title: "A friend who failed the exam",
    situation:
      "Your friend failed an exam after a year of work. They say they're fine, but their voice is low. You want to give advice, and hold back.",
    mine: "Close friend",
    theirs: "Friend who failed",
    goals: ["Say that you see how they feel", "Ask and listen instead of advising", "Say you will be there"],
    tags: ["comfort", "friends"],
    script: {
      name: "Sora",
      opening: "I didn't pass. No, I'm fine. I just thought I should tell you.",
      beats: [
        {
          heard: /\b(sorry|hard|tough|sad|upset|hurts?|must be|must feel|worked so|disappoint|awful)/i,
          yes: "…Yeah. I'm not fine at all, actually. Now I'm crying, hearing you say that.",
          nudge: "Everyone tells me to cheer up. I can't.",
        },
        {
          heard: /\?|\b(tell me|listen|talk about|how (are|do|did)|what happened)\b/i,
          yes: "My hands shook at the last question. I keep thinking about it. Thanks for asking.",
          nudge: "I don't know what to say.",
        },
        {
          heard: /\b(here for|with you|come over|by your side|anytime|any time|call me|together|dinner|stay)\b/i,
          yes: "Really? Could you come by tonight? I didn't want to be alone.",
          nudge: "I guess I'll just stay home by myself today.",
        },
      ],
      aside: ["Hm… maybe.", "Sorry, I drifted off for a second."],
      lost: {
        heard: /\b(should have|not a big deal|try harder|others? (have|passed)|told you)\b/i,
        say: "…Okay. I think I'll hang up now.",
      },
      end: "I'm glad I told you. See you later.",
    },
  },
  apology: {
    title: "Sorry I forgot",
    situation: "You forgot your friend's birthday dinner. They waited for an hour, alone. A day later, you call.",
    mine: "The one who forgot",
    theirs: "Hurt friend",
    goals: ["Apologise without excuses", "Say how it must have felt", "Make a new plan"],
    tags: ["apology", "friends"],
    script: {
      name: "Min",
      opening: "…Hello. What is it?",
      beats: [
        {
          heard: /\b(sorry|apologi[sz]e|my fault|i was wrong|forgive)/i,
          doubt: "Sorry? Is that all? I sat there for an hour.",
          yes: "…Okay. It helps that you say it like that.",
          nudge: "If you have something to say, say it.",
        },
        {
          heard: /\b(alone|waited|waiting|hurt|sad|angry|upset|lonely|birthday|must have|embarrass)/i,
          yes: "Yeah. It was embarrassing, me and a cake. It's good that you see that.",
          nudge: "Do you know how that felt?",
        },
        {
          heard: /\b(weekend|tomorrow|this week|dinner|lunch|make it up|again|meet|treat|when)\b/i,
          yes: "All right. But this time you come early and wait for me.",
          nudge: "So what are you going to do about it?",
        },
      ],
      aside: ["Hm.", "…I'm listening."],
      lost: {
        heard: /\b(i was busy|not my fault|you also|you do it too|no big deal|calm down)\b/i,
        say: "Right, you're very busy, I got that. Bye.",
      },
      end: "Fine. Forget it again and you're in trouble. But thanks for calling.",
    },
  },
  refusal: {
    title: "Saying no to a favor",
    situation:
      "A coworker wants to swap weekend shifts again, the third time this month. This time you have plans with your family.",
    mine: "Coworker who wants to say no",
    theirs: "Coworker who asks a lot",
    goals: ["Say no clearly", "Give a short reason", "Offer another way"],
    tags: ["saying no", "coworkers"],
    script: {
      name: "Dan",
      opening: "Hey, I hate to ask, but could you take my Saturday shift? You're my only hope.",
      beats: [
        {
          heard: /\b(can['’]t|cannot|no|not able|unable|won['’]t|afraid|have to say no)\b/i,
          doubt: "Come on, just this once. I'll buy you lunch.",
          yes: "I see. You really can't this time. Okay.",
          nudge: "Hm? So that's a yes?",
        },
        {
          heard: /\b(plans?|family|because|already|third|appointment|rest|promised)\b/i,
          yes: "Oh, family plans. I didn't know that.",
          nudge: "Is something up? You always say yes.",
        },
        {
          heard: /\b(instead|another|other|maybe|ask|next|weekday|how about|could you|someone)\b/i,
          yes: "That could work. I'll ask first. Thanks.",
          nudge: "Then what am I going to do…",
        },
      ],
      aside: ["Oh dear, what now.", "I have my reasons too, you know."],
      lost: {
        heard: /\b(i['’]ll do it|okay,? fine|i['’]ll take it|sure,? i (can|will))\b/i,
        say: "Really? I knew I could count on you! Saturday's yours, then.",
      },
      end: "Thanks for being straight with me. Enjoy your weekend!",
    },
  },
};
