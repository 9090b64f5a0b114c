import { type ReceivedMail, startMailServer } from "@/demo/simulator/mail-server";

export type Mailbox = {
  /** For `SMTP_URL`. */
  url: string;
  received: ReceivedMail[];
  /** Waits for an email to an address; the newest, if there are several. */
  next(to: string): Promise<ReceivedMail>;
  /** Refuses recipients with an SMTP status: 451 for now, 550 for good. */
  refuse(status: number | undefined): void;
  /** Requires a password of senders, as in `smtp://console:PASSWORD@…`. */
  require(password: string): void;
  close(): Promise<void>;
};

/** A real mail server that keeps what it receives. */
export async function openMailbox(): Promise<Mailbox> {
  const received: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  let refusal: number | undefined;
  let password: string | undefined;
  const server = await startMailServer({
    onMail: (mail) => {
      received.push(mail);
      for (const look of waiting) look();
    },
    refuses: () => refusal,
    password: () => password,
  });
  return {
    ...server,
    received,
    refuse: (status) => (refusal = status),
    require: (next) => (password = next),
    next: (to) =>
      new Promise((resolve) => {
        const look = () => {
          const mail = received.findLast((each) => each.to === to);
          if (!mail) return;
          waiting.delete(look);
          resolve(mail);
        };
        waiting.add(look);
        look();
      }),
  };
}
