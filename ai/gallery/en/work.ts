import type { AreaTexts } from "../scenario.ts";

export const work: AreaTexts<"work"> = {
  smalltalk: {
    title: "Small talk before the interview",
    situation:
      "Ten minutes before the interview, the interviewer brings you water and starts to chat. It hasn't begun yet, but first impressions have.",
    mine: "Applicant",
    theirs: "Interviewer",
    goals: [
      "Greet and say your name",
      "Keep the talk going about your trip or the weather",
      "Name one thing you like about the company",
    ],
    tags: ["interview", "greeting"],
    script: {
      name: "Ms. King",
      opening: "You're early, that's nice. Some water? How was your trip here?",
      beats: [
        {
          heard: /\b(hello|hi|nice to meet|my name|i['’]m|i am|good (morning|afternoon))\b/i,
          yes: "Nice to meet you. I'm Laura King from engineering. Please, have a seat.",
          nudge: "I'm sorry, what was your name again?",
        },
        {
          heard: /\b(weather|rain|sunny|subway|train|bus|traffic|walk|hot|cold|sky|easy)/i,
          yes: "Right? The sky was so clear this morning that I got off one stop early.",
          nudge: "How long did it take you to get here?",
        },
        {
          heard: /\b(company|product|office|team|use|used|blog|app|like about|impress|culture)/i,
          yes: "Oh, you noticed that? The people who made it will be happy to hear it.",
          nudge: "How did you hear about us?",
        },
      ],
      aside: ["Ha, that's true.", "You can relax. We haven't started yet."],
      lost: {
        heard: /\b(salary|how much (do|will)|when do i leave)\b/i,
        say: "Let's keep that for the end of the interview. We'll call you in.",
      },
      end: "And look at the time. Shall we go in?",
    },
  },
  leave: {
    title: "Asking for days off",
    situation:
      "You want three days off in the first week of next month. The team is busy, and your manager likes details.",
    mine: "Team member",
    theirs: "Manager",
    goals: ["Say when you want to be off", "Say how your work will be covered", "Get a yes"],
    tags: ["work", "time off"],
    script: {
      name: "Mr. Ford",
      opening: "Come in. You wanted to talk?",
      beats: [
        {
          heard: /\b(vacation|holiday|day off|days off|time off|leave|next month|three days|week)\b/i,
          yes: "Three days in the first week. Hm, that happens to be a busy one.",
          nudge: "Sure, go ahead. When are we talking about?",
        },
        {
          heard: /\b(finish|hand ?over|cover|before|document|notes|prepare|ahead|done by|share)/i,
          yes: "With that in place I won't worry. You've thought it through.",
          nudge: "What about your tasks while you're away?",
        },
        {
          heard: /\b(okay|ok|could i|can i|may i|possible|approve|would it|all right|hope)\b/i,
          doubt: "How about two days instead? We have the presentation to prepare.",
          yes: "All right, take your three days. Put in the request today.",
          nudge: "So what do you need from me?",
        },
      ],
      aside: ["Mm, go on.", "One moment, let me look at the calendar."],
      lost: {
        heard: /\b(whatever you say|no matter what|my right|i['’]m just going)\b/i,
        say: "Then we have a problem. Let's talk another time.",
      },
      end: "Have a good rest, and leave the messenger off while you're away.",
    },
  },
  mistake: {
    title: "Owning up to a mistake",
    situation:
      "You sent 300 customers an email with a wrong price. Nobody knows yet. You go to tell your manager first.",
    mine: "Employee who sent it",
    theirs: "Manager",
    goals: ["Say at once what happened", "Take responsibility", "Suggest how to fix it"],
    tags: ["work", "reporting"],
    script: {
      name: "Ms. Reed",
      opening: "What's wrong? You look pale.",
      beats: [
        {
          heard: /\b(email|e-mail|price|wrong|mistake|customers?|300|sent)\b/i,
          yes: "To 300 people? Phew… good that you told me. When did it go out?",
          nudge: "Straight to the point, please. What happened?",
        },
        {
          heard: /\b(my (fault|mistake|responsibility)|i (should|didn['’]t|did not|missed|forgot)|sorry|responsib)/i,
          yes: "Right. That can't have been easy to say.",
          nudge: "How did it come to that?",
        },
        {
          heard: /\b(correct|fix|apolog|send (a|another)|call|follow[- ]?up|prevent|double[- ]?check|plan|next time)/i,
          doubt: "Won't another email confuse them even more?",
          yes: "Good, let's do it in that order. Show me the wording first.",
          nudge: "So what do you think we should do now?",
        },
      ],
      aside: ["Slowly, one thing at a time.", "What time is it? We still have some."],
      lost: {
        heard: /\b(not my fault|someone else|the system('s)? fault|blame|nobody told me)\b/i,
        say: "Whose fault it is comes later. I'll take care of this one. That's all.",
      },
      end: "You told me early, so we could fix it. Don't be too hard on yourself.",
    },
  },
};
