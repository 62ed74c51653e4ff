import type { TrustWords } from "./ko.ts";

export const trust: TrustWords = {
  providers: { kakao: "カカオ", github: "GitHub" },
  with: "{name}で続ける",
  newcomer: {
    title: "ニックネームを決める",
    lead: "{name}でログインできました。ジャングルで呼ばれる名前を決めれば完了です。",
    join: "この名前ではじめる",
    have: "前に作ったアカウントがあれば、そのアカウントでログインして、設定で{name}を連携してください。",
    taken:
      "このメールアドレスのアカウントがすでにあります。そのアカウントでログインして、設定で{name}を連携してください。",
    enter: "前のアカウントでログインする",
  },
  logins: {
    done: "変更しました。",
    title: "連携しているログイン",
    lead: "パスワードの代わりに使えるログインです。",
    linked: "{date}に連携しました",
    linkedAs: "{name} · {date}に連携しました",
    notLinked: "連携していません",
    link: "{name}を連携する",
    unlink: "{name}の連携を解除する",
    last: "パスワードがないため、最後のログインは解除できません。",
    off: "いま使えるほかのログインはありません。",
  },
  sessions: {
    done: "ログアウトさせました。",
    title: "ログイン中の端末",
    lead: "知らない端末があれば、ログアウトさせてパスワードを変えてください。",
    unknownDevice: "不明な端末",
    unknownPlace: "不明な場所",
    here: "この端末",
    used: "最後に使った時: {time}",
    since: "ログイン: {time}",
    end: "ログアウト",
    endOf: "{device}をログアウト",
    endOthers: "ほかの端末をすべてログアウト",
    alone: "ほかの端末ではログインしていません。",
  },
  stepUp: {
    title: "本人確認",
    lead: "アカウントの大切なことを変える前に、もう一度だけ確認します。確認は10分間続きます。",
    confirm: "確認する",
    through: "{name}で確認する",
  },
};
