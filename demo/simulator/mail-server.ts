import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { callbackify } from "node:util";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";

export type ReceivedMail = {
  from: string;
  to: string;
  subject: string;
  text: string;
  messageId: string;
  at: Date;
};

type Options = {
  port?: number;
  onMail(mail: ReceivedMail): void;
  /** @returns the SMTP status that refuses a recipient */
  refuses?(): number | undefined;
  /** Requires this password of every sender, with any name. */
  password?: () => string | undefined;
};

/** A mail server on loopback that delivers nothing and hands over what it receives. */
export async function startMailServer({ port = 0, onMail, refuses, password }: Options) {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS", ...(password ? [] : ["AUTH"])],
    onAuth: (given, _session, done) =>
      given.password === password?.()
        ? done(null, { user: given.username })
        : done(Object.assign(new Error("wrong password"), { responseCode: 535 })),
    onMailFrom: (_address, { user }, done) =>
      done(
        password?.() === undefined || user
          ? null
          : Object.assign(new Error("sign in"), { responseCode: 530 }),
      ),
    onRcptTo: (_address, _session, done) => {
      const responseCode = refuses?.();
      done(responseCode === undefined ? null : Object.assign(new Error("refused"), { responseCode }));
    },
    onData: callbackify(async (stream: SMTPServerDataStream, { envelope }: SMTPServerSession) => {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const mail = await PostalMime.parse(Buffer.concat(chunks));
      const { from, subject = "", text = "", messageId = "" } = mail;
      const to = envelope.rcptTo[0]?.address ?? "";
      onMail({ from: from?.address ?? "", to, subject, text, messageId, at: new Date() });
    }),
  });
  const listening = once(server.server, "listening");
  server.listen(port, "127.0.0.1");
  await listening;
  return {
    /** For `SMTP_URL`. */
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
