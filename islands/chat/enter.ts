/**
 * Enter sends, Shift+Enter breaks the line. While an input method composes, Enter belongs to it: for kana it only
 * converts; for Hangul it ends the syllable, and then the whole text goes, so that one Enter is one message.
 */
export function sendOnEnter(box: HTMLTextAreaElement, send: () => void): void {
  let hangul = false, armed = false;
  box.addEventListener("compositionupdate", ({ data }) => {
    hangul = /^[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+$/.test(data);
  });
  // Some systems end the composition after the key, and change the text only after that.
  box.addEventListener("compositionend", () =>
    setTimeout(() => {
      if (armed) send();
      armed = false;
    }));
  box.addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.code !== "Enter") || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) {
      armed = hangul;
      return;
    }
    event.preventDefault();
    armed = false;
    send();
  });
}
