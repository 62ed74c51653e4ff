import type { AreaTexts } from "../scenario.ts";

export const town: AreaTexts<"town"> = {
  cafe: {
    title: "The wrong coffee",
    situation:
      "You ordered an iced americano and got a hot latte. There is a long line behind you, and the barista looks tired.",
    mine: "Customer",
    theirs: "Barista",
    goals: ["Say what is wrong", "Ask for it to be made again", "Say thank you warmly"],
    tags: ["café", "ordering"],
    script: {
      name: "Riley",
      opening: "One hot latte for you. Enjoy!",
      beats: [
        {
          heard: /\b(iced?|americano|wrong|mistake|ordered|mix(ed)?[- ]?up|isn['’]t what|not what)\b/i,
          yes: "Oh, you had the iced americano? I think I handed you the drink of the person before you.",
          nudge: "Is everything all right with your drink?",
        },
        {
          heard: /\b(remake|again|another|change|swap|exchange|replace|could you|can you|would you|make)\b/i,
          doubt: "There's quite a line right now. Any chance you'd be okay with the latte?",
          yes: "Of course. I'll make a fresh one right away, two minutes at most.",
          nudge: "So, what would you like me to do?",
        },
        {
          heard: /\b(thank|thanks|appreciate|no worries|no problem|kind)\b/i,
          yes: "Thank you for being so nice about it. I slipped a cookie in there for you.",
          nudge: "Here you go, one iced americano. Sorry about the wait.",
        },
      ],
      aside: ["Sorry, the machine is loud. Could you say that once more?", "Let me just check your receipt."],
      lost: {
        heard: /\b(refund|forget it|never ?mind|i['’]m leaving)\b/i,
        say: "Understood, I'll cancel it. I hope we get it right next time.",
      },
      end: "Have a cool rest of your day!",
    },
  },
  refund: {
    title: "Shoes one size too small",
    situation:
      "The sneakers you bought three days ago are too small. You wore them once, and the receipt is on your phone. The shop's rule says worn shoes can't be exchanged.",
    mine: "Customer",
    theirs: "Shoe shop clerk",
    goals: [
      "Explain what the problem is",
      "Say when you bought them and mention the receipt",
      "Agree on a bigger size",
    ],
    tags: ["shop", "exchange"],
    script: {
      name: "Sam",
      opening: "Hi there! Are you looking for anything in particular?",
      beats: [
        {
          heard: /\b(small|tight|size|fit|fits|pinch|hurt)/i,
          yes: "I see, they pinch. That model does run a bit small.",
          nudge: "What seems to be the problem with them?",
        },
        {
          heard:
            /\b(receipt|days? ago|bought|purchase|paid|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i,
          yes: "Got it, three days ago. You're well within the thirty days.",
          nudge: "Do you happen to know when you bought them?",
        },
        {
          heard: /\b(exchange|change|swap|bigger|larger|half size|size up|next size)\b/i,
          doubt: "Hmm, the soles have been walked on. We usually don't exchange worn shoes.",
          yes: "If it was just once indoors, I'll make an exception. Let me get the next size up.",
          nudge: "How would you like us to sort it out?",
        },
      ],
      aside: ["One second, let me look at our stock.", "Sure, take your time."],
      lost: {
        heard: /\b(manager|sue|lawyer|complain)/i,
        say: "In that case I have to send you to our customer line. I'm afraid that's all I can do.",
      },
      end: "Walk around a little to be sure they feel right. See you again!",
    },
  },
  clinic: {
    title: "First visit to a clinic",
    situation:
      "Your throat has hurt since yesterday and you have a fever. It is your first time here. The doctor is kind but asks a lot.",
    mine: "Patient",
    theirs: "Doctor",
    goals: ["Say where and how it hurts", "Say since when", "Mention medicine you take or allergies"],
    tags: ["clinic", "symptoms"],
    script: {
      name: "Dr. Hall",
      opening: "Hello, I don't think we've met. What brings you in today?",
      beats: [
        {
          heard: /\b(hurts?|sore|pain|fever|cough|throat|headache|dizzy|runny|sick|ache)/i,
          yes: "That sounds miserable. Let me have a look. Yes, your throat is quite swollen.",
          nudge: "Tell me what bothers you the most. Your throat? Your head?",
        },
        {
          heard: /\b(since|yesterday|days?|last night|this morning|ago|week|started)\b/i,
          yes: "About a day, then. We caught it early, so it should pass soon.",
          nudge: "And when did it start?",
        },
        {
          heard: /\b(allerg|medicine|medication|pills?|taking|nothing|none|penicillin|aspirin)/i,
          yes: "Good to know. I'll give you something for three days that goes well with that. Take it after meals.",
          nudge: "Are you taking anything right now, or are you allergic to anything?",
        },
      ],
      aside: ["Could you tell me a little more about that?", "No rush. Would you like some water?"],
      lost: {
        heard: /\b(i['’]ll (just )?(go|leave)|don['’]t need|no treatment)\b/i,
        say: "As you wish. But please come back if your fever goes above 39 degrees.",
      },
      end: "Drink plenty of water and rest. If it still hurts in three days, come and see me again.",
    },
  },
  airport: {
    title: "Airport lost and found",
    situation:
      "It is ten at night and your suitcase did not come out. There is one clerk at lost and found, and it closes soon.",
    mine: "Transfer passenger",
    theirs: "Lost-and-found clerk",
    goals: ["Describe your bag", "Leave a way to reach you", "Agree on when you get it"],
    tags: ["airport", "describing"],
    script: {
      name: "Maya",
      opening: "Good evening, Lost and Found. This is Maya. What happened?",
      beats: [
        {
          heard: /\b(bag|suitcase|luggage|gr[ae]y|black|blue|red|green|colou?r|big|small|ribbon|wheels|handle)\b/i,
          yes: "Thank you, I wrote that down. I see two like it from that flight, so that mark will help.",
          nudge: "Can you describe it for me? The color, the size, anything that stands out.",
        },
        {
          heard: /\d{3,}|\b(phone|number|email|e-mail|hotel|reach me|contact|call me)\b/i,
          yes: "Perfect. We'll contact you there as soon as we find it.",
          nudge: "Where can we reach you when it turns up?",
        },
        {
          heard:
            /\b(tomorrow|tonight|morning|afternoon|when|until|by|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i,
          doubt: "Tomorrow's first flight is late, so it may be the day after.",
          yes: "All right. If it's that urgent, we'll have it brought to your hotel by then.",
          nudge: "When do you need it by?",
        },
      ],
      aside: [
        "Sorry, that announcement was loud. Could you say it again?",
        "Let me ask the warehouse. Which flight were you on?",
      ],
      lost: {
        heard: /\b(forget it|give up|don['’]t need it|never ?mind)\b/i,
        say: "I'll file it and close up then. If you change your mind, we open at six in the morning.",
      },
      end: "You're all set. We'll find it. Get home safely.",
    },
  },
};
