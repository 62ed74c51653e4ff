import type { Bank } from "./bank.ts";

export const en: Bank = {
  easy: {
    choose: [
      ["She ___ coffee every morning.", "drinks", "drink", "drinking"],
      ["There ___ two cats on the sofa.", "are", "is", "be"],
      ["I ___ to the market yesterday.", "went", "go", "goed"],
      ["Can you help ___, please?", "me", "I", "my"],
    ],
    write: [
      { ask: "What did you eat yesterday? Answer in one sentence.", least: 3, needs: /\b(ate|had|eat|made|cooked)\b/i },
      { ask: "Where do you live? Answer in one sentence.", least: 3, needs: /\b(in|at|near|with|from)\b/i },
      { ask: "What do you like to do on weekends? Answer in one sentence.", least: 3, needs: /\b(i|my|we|to)\b/i },
    ],
  },
  normal: {
    choose: [
      ["I have lived here ___ 2019.", "since", "for", "from"],
      ["If it ___ tomorrow, we will stay home.", "rains", "will rain", "rained"],
      ["This book is ___ than the film.", "better", "more good", "best"],
      ["He asked me where I ___.", "lived", "do live", "did I live"],
    ],
    write: [
      {
        ask: "Tell a friend why you will be late today, and when you will arrive.",
        least: 8,
        needs: /\b(because|so|since|'ll|will|going to|should|might)\b/i,
      },
      {
        ask: "Tell me about something you have never done but want to try, and why.",
        least: 8,
        needs: /\b(never|want|would|'d|because|so)\b/i,
      },
      {
        ask: "Something you bought is broken. Ask the shop politely for what you want.",
        least: 8,
        needs: /\b(could|can|would|may|please|like)\b/i,
      },
    ],
  },
  hard: {
    choose: [
      ["Had I known about the delay, I ___ another train.", "would have taken", "would take", "had taken"],
      ["Hardly ___ down when the phone rang.", "had I sat", "I had sat", "I sat"],
      ["She insisted that he ___ told at once.", "be", "is being", "would"],
      ["The plan fell ___ because nobody would pay for it.", "through", "down", "off"],
    ],
    write: [
      {
        ask: "Some say working from home makes people lonely. What do you think, and what speaks against your view?",
        least: 20,
        needs: /\b(although|though|however|while|whereas|but|even if|on the other hand|despite|yet)\b/i,
      },
      {
        ask:
          "Looking back, what would you have done differently in the last few years, and what might have come of it?",
        least: 18,
        needs: /\b(would|could|might|should)(n't| not)? (have|'ve)\b|\b(would|could|might|should)'ve\b/i,
      },
      {
        ask: "A colleague keeps taking credit for your work. Tell them so, firmly but without breaking with them.",
        least: 18,
        needs: /\b(would|could|appreciate|rather|feel|felt|noticed|understand|perhaps)\b/i,
      },
    ],
  },
};
