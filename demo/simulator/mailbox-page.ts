import type { ServerResponse } from "node:http";
import type { ReceivedMail } from "./mail-server";

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
const link = (text: string): string =>
  text.replace(/^https?:\/\/\S+$/gm, (url) => `<a href="${url}">${url}</a>`);

const STYLE = `
  :root { color-scheme: light dark; background: light-dark(#fafafa, #0c0e12); color: light-dark(#18181b, #ececf1) }
  body { font: 14px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem }
  h1 { font-size: 1.25rem; margin: 0 } h2 { font-size: 1rem; margin: 0 } small, .hint { opacity: .75 }
  article { background: light-dark(#fff, #15181e); border: 1px solid #8884; border-radius: 8px; padding: 1rem; margin: 1rem 0 }
  a { color: light-dark(#2f5bd8, #8fabff) } pre { font: inherit; margin: .75rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere }`;

/** The mailbox of the demo's people: every email, the newest first. */
export function showMailbox(response: ServerResponse, mails: readonly ReceivedMail[]): void {
  const list = mails.toReversed().map(
    ({ to, from, subject, text, at }) => `<article><h2>${escape(subject)}</h2>
      <small>${escape(from)} to ${escape(to)}, ${at.toISOString().slice(0, 19).replace("T", " ")} UTC</small>
      <pre>${link(escape(text))}</pre></article>`,
  );
  response.writeHead(200, {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    Refresh: "5",
  }).end(`<!doctype html><html lang="en"><title>Mailbox · Runflow demo</title>
      <meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style>
      <h1>Mailbox</h1><p class="hint">Every email that the demo sends, the newest first. It never leaves this computer.</p>
      ${list.join("") || "<p>No emails yet. Invite a person in the console.</p>"}`);
}
