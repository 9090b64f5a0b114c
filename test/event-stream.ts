import { type ClientRequest, request } from "node:http";

/** A client of a stream of server-sent events, with everything that it has heard. */
export type TestStream = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** The bytes so far, as text. */
  text(): string;
  hasEnded(): boolean;
  /** Whether the server ended it, in order; a connection that was cut leaves it incomplete. */
  isComplete(): boolean;
  /** Goes away without a word, as a browser does that is closed. */
  leave(): void;
};

/** @param headers the credential */
export function openStream(url: string, headers: Record<string, string>): Promise<TestStream> {
  return new Promise((resolve, reject) => {
    const outgoing: ClientRequest = request(url, { headers, agent: false });
    let text = "";
    let hasEnded = false;
    outgoing.on("error", reject).on("response", (incoming) => {
      incoming.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      incoming.on("error", () => {}).on("close", () => (hasEnded = true));
      resolve({
        status: incoming.statusCode!,
        headers: incoming.headers,
        text: () => text,
        hasEnded: () => hasEnded,
        isComplete: () => incoming.complete,
        leave: () => outgoing.destroy(),
      });
    });
    outgoing.end();
  });
}
