import { cx } from "./class-names";
import { NamedControls } from "./stored-text";

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

type Props = { text: string; /** The search text, or empty. */ wanted: string };

/** A highlighted line of JSON: muted names, colored numbers and literals, marked matches. */
export function MarkedLine({ text, wanted }: Props) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [all, , colon, literal] = match;
    const isName = colon !== undefined;
    if (!isName && literal === undefined) continue;
    parts.push(<Found key={`before ${match.index}`} text={text.slice(end, match.index)} wanted={wanted} />);
    parts.push(
      <span
        key={match.index}
        className={cx("[unicode-bidi:isolate]", isName ? "text-ink-muted" : "text-accent")}
      >
        <Found text={all} wanted={wanted} />
      </span>,
    );
    end = match.index + all.length;
  }
  parts.push(<Found key="rest" text={text.slice(end)} wanted={wanted} />);
  return parts;
}

/** Marks every match within a part of the line. */
export function Found({ text, wanted }: Props) {
  const at = wanted === "" ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return <NamedControls text={text} />;
  const after = at + wanted.length;
  return (
    <>
      <NamedControls text={text.slice(0, at)} />
      <mark className="bg-found text-ink rounded-sm">
        <NamedControls text={text.slice(at, after)} />
      </mark>
      <Found text={text.slice(after)} wanted={wanted} />
    </>
  );
}
