/** What mails say. `reset`, `verify` …: the kinds of `domain/mail.ts`. */
export const mails = {
  hello: "{name} 님, 안녕하세요.",
  ignore: "직접 하신 일이 아니라면 이 메일을 그냥 두셔도 괜찮아요. 아무것도 바뀌지 않아요.",
  verify: {
    subject: "메일 주소를 확인해 주세요",
    text: "이 주소를 정글버즈 계정({username})에 쓰려면 아래 단추를 눌러 주세요. 24시간 동안 쓸 수 있어요.",
    button: "내 주소가 맞아요",
  },
  reset: {
    subject: "비밀번호를 새로 정해 주세요",
    text: "정글버즈 계정({username})의 비밀번호를 새로 정할 수 있어요. 링크는 한 시간 동안 한 번만 쓸 수 있어요.",
    button: "새 비밀번호 정하기",
  },
  password_changed: {
    subject: "비밀번호가 바뀌었어요",
    text: "정글버즈 계정({username})의 비밀번호가 바뀌었고, 다른 기기는 모두 로그아웃됐어요.",
    notYou: "직접 하신 일이 아니라면 지금 바로 비밀번호를 새로 정해 주세요.",
    button: "비밀번호 새로 정하기",
  },
  address_changed: {
    subject: "메일 주소가 바뀌었어요",
    text: "정글버즈 계정({username})의 메일 주소가 다른 주소로 바뀌었어요. 이 주소로는 더 메일을 보내지 않아요.",
    notYou: "직접 하신 일이 아니라면 들어가서 비밀번호를 바꾸고, 운영자에게 알려 주세요.",
    button: "정글버즈 열기",
  },
  letter_confirm: {
    subject: "편지를 메일로 받을까요?",
    text: "정글버즈의 편지를 이 주소로 받겠다고 하셨어요. 아래 단추를 누르면 다음 편지부터 보내 드려요.",
    button: "편지 받기",
  },
  letter: {
    subject: "{title} · {date}의 편지",
    read: "정글에서 읽기",
    hard: "많이 힘든 밤에는 혼자 두지 마세요. 자살예방 상담전화 109는 하루 내내 열려 있어요.",
    byModel: "AI 반디가 지난 하루의 공개 버즈를 읽고 쓴 편지예요.",
    byOffline: "AI 없이, 미리 적어 둔 글로 엮은 편지예요.",
    why: "편지를 메일로 받겠다고 하셔서 보내 드려요.",
    stop: "그만 받기",
    settings: "받는 시간 바꾸기",
  },
  news: {
    subject: "모아 둔 소식 {n}개",
    lead: "정글을 비운 사이에 있었던 일이에요.",
    why: "알림을 모아서 받기로 하셨고, 알림을 켠 기기가 없어서 메일로 보내 드려요.",
    stop: "그만 받기",
    settings: "알림 설정 바꾸기",
  },
  digest: {
    subject: "지난 한 주의 편지 {n}통",
    lead: "지난 한 주, 정글에 온 편지를 모았어요.",
  },
};
export type MailWords = typeof mails;
