const MOST = 300;

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A library's error may repeat what it was given: addresses, tokens, parts of a payload. */
const VALUES: [value: RegExp, shown: string | ((match: string) => string)][] = [
  [/\bhttps?:\/\/(?:[^\s/@]*@)?([^\s/?#"'<>]+)[^\s"'<>]*/gi, "https://…"],
  [/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "(email)"],
  [/"[^"]{64,}"|'[^']{64,}'/g, "(value)"],
  [/\{[^]*\}|\[[^]*\]/g, "(value)"],
  [/\brf_\w+/g, "(key)"],
  [/[\w+/=-]{24,}/g, (text) => (UUID.test(text) ? text : "(value)")],
];

/** Keeps the first line of a job's error, without values: people see it in the console and in scripts. */
export function redactError(text: string): string {
  const [first = ""] = text.trim().split("\n");
  const redacted = VALUES.reduce(
    (line, [value, shown]) =>
      typeof shown === "string" ? line.replace(value, shown) : line.replace(value, shown),
    first,
  );
  return redacted.length > MOST ? `${redacted.slice(0, MOST - 1)}…` : redacted;
}
