import { type ClientRequest, request } from "node:http";

/** A client of a server-sent events stream, with all that it has received. */
export type TestStream = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The text received so far. */
  text(): string;
  hasEnded(): boolean;
  ended: Promise<void>;
  /** Whether the server ended it properly; a cut connection leaves it incomplete. */
  isComplete(): boolean;
  /** Drops the connection, as a closed browser does. */
  leave(): void;
};

/** @param headers with the credential */
export function openStream(url: string, headers: Record<string, string>): Promise<TestStream> {
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request(url, { headers, agent: false });
    let text = "";
    let hasEnded = false;
    outgoing.on("error", reject).on("response", (incoming) => {
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      const ended = new Promise<void>((resolve) => {
        incoming
          .on("error", () => {})
          .on("close", () => {
            hasEnded = true;
            resolve();
          });
      });
      resolve({
        status: incoming.statusCode!,
        headers: incoming.headers,
        text: () => text,
        hasEnded: () => hasEnded,
        ended,
        isComplete: () => incoming.complete,
        leave: () => outgoing.destroy(),
      });
    });
    outgoing.end();
  });
}
