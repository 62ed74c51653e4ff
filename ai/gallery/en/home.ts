import type { AreaTexts } from "../scenario.ts";

export const home: AreaTexts<"home"> = {
  viewing: {
    title: "Viewing a flat",
    situation:
      "You are looking at a studio ten minutes from the station. It gets good light, but the rent is a little more than you planned.",
    mine: "Flat hunter",
    theirs: "Letting agent",
    goals: ["Ask two things you want to know", "Say what worries you", "Try to bring the rent down"],
    tags: ["home", "bargaining"],
    script: {
      name: "Ms. Young",
      opening: "Come on in. This is the one I told you about. Lovely light, isn't it?",
      beats: [
        {
          heard: /\?|\b(how much|how many|is there|are there|what about|does it)\b/i,
          yes: "Good question. Bills are fifty a month with internet included, and the washing machine is new.",
          nudge: "Ask me anything: the bills, the neighbors, whatever you like.",
        },
        {
          heard: /\b(worr|nois|loud|cold|bugs?|mou?ld|far|safe|dark|small|concern)/i,
          yes:
            "That's fair. The windows are double, so nights are quiet. You could come again in the evening and listen.",
          nudge: "Is anything bothering you about it? You can be honest.",
        },
        {
          heard: /\b(lower|cheaper|discount|expensive|budget|less|down|reduce|rent|negotia)/i,
          doubt: "The owner doesn't usually move on the rent.",
          yes: "If you'd sign for two years, I could ask for thirty off. I think they'd say yes.",
          nudge: "And the price, is it close to what you had in mind?",
        },
      ],
      aside: [
        "Have a look at the balcony. It's great for drying clothes.",
        "It's a calm street. People tend to stay for years.",
      ],
      lost: {
        heard: /\b(not interested|no thanks|somewhere else|don['’]t like)\b/i,
        say: "No problem at all. I'll call you when something closer comes up.",
      },
      end: "Great. Let's go over the contract tomorrow afternoon.",
    },
  },
  repair: {
    title: "Asking the landlord for a repair",
    situation:
      "Your shower has leaked for a week and the hot water runs out fast. Your landlord is not a bad person, but he puts things off.",
    mine: "Tenant",
    theirs: "Landlord",
    goals: ["Explain what is broken", "Say why it is urgent", "Fix a day for the repair"],
    tags: ["home", "asking"],
    script: {
      name: "Mr. Baker",
      opening: "Hello? Ah, flat 302. What can I do for you at this hour?",
      beats: [
        {
          heard: /\b(shower|leak|water|broken|boiler|heater|drip|cold)/i,
          yes: "It's leaking? Well, those pipes are old.",
          nudge: "So what's going on?",
        },
        {
          heard: /\b(urgent|week|every day|can['’]t|cold|downstairs|bill|soon|worse|sick)\b/i,
          yes: "You should have told me sooner. No, that won't do.",
          nudge: "Is it that urgent? Couldn't it wait until next month?",
        },
        {
          heard:
            /\b(tomorrow|today|morning|afternoon|evening|week|weekend|o['’]clock|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/i,
          doubt: "I'm rather busy this week. How about next week?",
          yes: "Fine, I'll send the plumber that day. Just be home, please.",
          nudge: "So when should someone come?",
        },
      ],
      aside: ["What was that? The TV is on. Hold on, I'll turn it down.", "Ha, it's a sunny flat though, isn't it?"],
      lost: {
        heard: /\b(not paying|won['’]t pay|move out|sue|lawyer|report you)\b/i,
        say: "If that's how you talk to me, we have nothing to discuss. Good night.",
      },
      end: "Right. Thanks for telling me. Until then, close the upper valve a little.",
    },
  },
  moving: {
    title: "Getting the deposit back",
    situation:
      "You have moved everything out. The landlord wants to keep 300 of your deposit for nail holes in the wall. They were there when you moved in.",
    mine: "Tenant moving out",
    theirs: "Landlord",
    goals: ["Say the holes were there before", "Bring up proof (photos)", "Settle when you get the deposit"],
    tags: ["moving", "standing up"],
    script: {
      name: "Ms. Carter",
      opening: "All empty, I see. But look at these holes. I'll have to keep 300 for the wall.",
      beats: [
        {
          heard:
            /\b(already|before|when i moved in|from the start|wasn['’]t me|didn['’]t (make|do)|were there|was there)\b/i,
          yes: "Already there? I don't remember that.",
          nudge: "You made these, didn't you?",
        },
        {
          heard: /\b(photos?|pictures?|proof|evidence|text|contract|video|record|inventory)\b/i,
          doubt: "Anyone can take a photo at any time.",
          yes: "Hm, it's dated the week you moved in. Then I must have been mistaken.",
          nudge: "How would I know that? Do you have anything to show me?",
        },
        {
          heard: /\b(deposit|when|today|transfer|account|back|full|by)\b/i,
          yes: "All right, you'll have the full deposit by tonight. Text me your account.",
          nudge: "So what do you want me to do?",
        },
      ],
      aside: ["I've got both keys, and the water is settled.", "I have the next person moving in, you see."],
      lost: {
        heard: /\b(just keep it|keep the money|whatever|police|sue|lawyer)\b/i,
        say: "Then that's settled. I'll take 300 off and send you the rest.",
      },
      end: "You were a good tenant. All the best in the new place.",
    },
  },
};
