/** Logging in through others, the list of logins, and being seen again. */
export const trust = {
  providers: { kakao: "카카오", github: "GitHub" },
  with: "{name}로 시작하기",
  newcomer: {
    title: "별명 정하기",
    lead: "{name} 로그인이 됐어요. 정글에서 불릴 별명만 정하면 끝나요.",
    join: "이 별명으로 시작하기",
    have: "전에 만든 계정이 있다면 그 계정으로 들어와서 설정에서 {name}를 연결해 주세요.",
    taken: "이 메일 주소를 쓰는 계정이 이미 있어요. 그 계정으로 들어와서 설정에서 {name}를 연결해 주세요.",
    enter: "있던 계정으로 들어가기",
  },
  logins: {
    title: "연결된 로그인",
    lead: "비밀번호 대신 쓸 수 있는 로그인이에요.",
    linked: "{date}에 연결했어요",
    linkedAs: "{name} · {date}에 연결했어요",
    notLinked: "연결하지 않았어요",
    link: "{name} 연결하기",
    unlink: "{name} 연결 끊기",
    last: "비밀번호가 없어서, 하나 남은 로그인은 끊을 수 없어요.",
    off: "지금 쓸 수 있는 다른 로그인이 없어요.",
  },
  sessions: {
    title: "로그인한 기기",
    lead: "모르는 기기가 있으면 로그아웃시키고 비밀번호를 바꿔 주세요.",
    unknownDevice: "알 수 없는 기기",
    unknownPlace: "알 수 없는 곳",
    here: "지금 이 기기",
    used: "마지막 사용 {time}",
    since: "로그인 {time}",
    end: "로그아웃",
    endOf: "{device} 로그아웃",
    endOthers: "다른 기기 모두 로그아웃",
    alone: "다른 기기에서는 로그인하지 않았어요.",
  },
  stepUp: {
    title: "본인 확인",
    lead: "되돌릴 수 없는 일을 하기 전에 한 번만 더 확인할게요. 확인하면 10분 동안 이어져요.",
    confirm: "확인하기",
    through: "{name}로 확인하기",
  },
};
export type TrustWords = typeof trust;
