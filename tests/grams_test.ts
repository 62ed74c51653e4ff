import assert from "node:assert/strict";
import { excerptOf, marksIn } from "../domain/excerpt.ts";
import { gramsOf, matches, type Query, queryOf } from "../domain/grams.ts";

const asked = (text: string): Query => queryOf(text) ?? assert.fail(`${text} is refused`);

Deno.test("Hangul, kana and Han are indexed by pairs, other scripts by words, each once", () => {
  const table: [text: string, grams: string[]][] = [
    ["지하철에서", ["지하", "하철", "철에", "에서"]],
    ["오늘 오늘", ["오늘"]],
    ["東京タワー", ["東京", "京タ", "タワ", "ワー"]],
    ["ひとりで、ひとり", ["ひと", "とり", "りで"]],
    ["Good night, good NIGHT", ["good", "night"]],
    ["I am a bee", ["am", "bee"]],
    ["아침 9시 50분", ["아침", "9시", "0분", "50"]],
    ["AI가 썼어요", ["썼어", "어요", "ai"]],
    ["Ünïted 東", ["ünïted"]],
    ["좋 아 a 1 !? 😊❤️", []],
    ["𠮷野家", ["𠮷野", "野家"]],
  ];
  for (const [text, grams] of table) assert.deepEqual(gramsOf(text), grams, text);
});

Deno.test("what looks the same is the same: width, composition, capitals, half kana", () => {
  const pairs = [
    ["ＡＩ", "ai"],
    ["ｶﾞｯｺｳ", "ガッコウ"],
    ["한글".normalize("NFD"), "한글"],
    ["CAFÉ".normalize("NFD"), "café"],
    ["①②", "12"],
  ];
  for (const [a, b] of pairs) assert.deepEqual(gramsOf(a), gramsOf(b), a);
});

Deno.test("a word that never ends is kept short, and a long text's grams are all there", () => {
  assert.deepEqual(gramsOf("x".repeat(500)), ["x".repeat(32)]);
  assert.equal(gramsOf(Array.from({ length: 500 }, (_, i) => String.fromCodePoint(0xac00 + i)).join("")).length, 499);
});

Deno.test("a question with nothing to look for is refused", () => {
  for (const text of ["가", "가 나", "a", "!!", "😊😊", "  ", "x 좋 y"]) assert.equal(queryOf(text), null, text);
  for (const text of ["가나", "ab", "9시", "ai 가", "ㅋㅋ"]) assert.ok(queryOf(text), text);
});

Deno.test("all terms must stand there: syllables anywhere, words whole", () => {
  const table: [text: string, question: string, found: boolean][] = [
    ["오늘은 지하철이 느려요", "지하철", true],
    ["오늘은 지하철이 느려요", "느려 지하", true],
    ["지하에서 하철이를 만났다", "지하철", false],
    ["Good night", "NIGHT good", true],
    ["goodness", "good", false],
    ["AI가 쓴 편지", "ai", true],
    ["rain", "ai", false],
    ["150분 걸렸어요", "50분", false],
    ["아침 9시 50분에", "9시 50분", true],
    ["明日から新しい仕事", "新しい仕事", true],
    ["明日から新しい仕事", "新仕事", false],
    ["(지하철!)", "'지하철?'", true],
    ["a.b*c[안녕]", "[안녕] .*", true],
  ];
  for (const [text, question, found] of table) {
    assert.equal(matches(text, asked(question)), found, `${text} ${question}`);
  }
});

Deno.test("whatever matches has all grams of the question", () => {
  const texts = ["아침 9시 50분에 AI가 편지를", "Ünïted 東京タワー 12", "ｶﾞｯｺｳ가기 싫다 good-night"];
  for (const text of texts) {
    for (let from = 0; from < text.length; from++) {
      for (let to = from + 2; to <= text.length; to++) {
        const query = queryOf(text.slice(from, to));
        if (!query || !matches(text, query)) continue;
        const grams = new Set(gramsOf(text));
        assert.ok(query.grams.every((gram) => grams.has(gram)), text.slice(from, to));
      }
    }
  }
});

Deno.test("marks point into the text as it was written", () => {
  const cut = (text: string, question: string) =>
    marksIn(text, asked(question)).map(([from, to]) => text.slice(from, to));
  assert.deepEqual(cut("ＡＩ가 왔다. ai!", "ai"), ["ＡＩ", "ai"]);
  assert.deepEqual(cut("ｶﾞｯｺｳ休み", "ガッコウ"), ["ｶﾞｯｺｳ"]);
  assert.deepEqual(cut("Straße und İstanbul bee", "bee"), ["bee"]);
  assert.deepEqual(cut("오늘은 오늘", "오늘"), ["오늘", "오늘"]);
  assert.deepEqual(cut("지하철에서", "지하철 철에서"), ["지하철에서"]);
});

Deno.test("an excerpt of a long text has the match in it, whole characters, and says that it is cut", () => {
  const text = `${"😊".repeat(200)} 지하철 <b>${"글".repeat(300)}`;
  const { text: piece, marks } = excerptOf(text, asked("지하철"));
  assert.ok(piece.length <= 162 && piece.startsWith("…") && piece.endsWith("…"), piece);
  assert.ok(piece.isWellFormed());
  assert.deepEqual(marks.map(([from, to]) => piece.slice(from, to)), ["지하철"]);
  assert.deepEqual(excerptOf("짧은 <i>지하철</i>", asked("지하철")), { text: "짧은 <i>지하철</i>", marks: [[6, 9]] });
});
