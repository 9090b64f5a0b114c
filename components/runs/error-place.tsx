/** Enough text to recognize the place, even on the narrowest screen. */
const BEFORE = 18;
const AFTER = 16;

/** Marks the error's position in an expression. The message below explains it. */
export function ErrorPlace({ text, at }: { text: string; at: number }) {
  const start = Math.max(0, at - BEFORE);
  const end = Math.min(text.length, at + AFTER);
  const lead = start > 0 ? "…" : "";
  const excerpt = lead + text.slice(start, end).replaceAll(/\s/g, " ") + (end < text.length ? "…" : "");
  return (
    <pre aria-hidden data-place className="mono text-danger overflow-hidden px-2.5 text-sm leading-4">
      {excerpt}
      {"\n"}
      {" ".repeat(lead.length + at - start)}▲
    </pre>
  );
}
