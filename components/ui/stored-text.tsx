import { splitControls } from "@/lib/client/bidi";

type Props = { children: string | null | undefined; className?: string };

/**
 * What people and customers wrote: a name, a reason, a reference. It runs in its own direction and can't turn over what
 * stands beside it; a character made for that is shown by its code point. A lint rule asks for it wherever such text shows.
 */
export function StoredText({ children, className }: Props) {
  if (!children) return null;
  return (
    <bdi dir="auto" className={className}>
      <NamedControls text={children} />
    </bdi>
  );
}

/** The text itself, with the code points of what would change its direction. */
export const NamedControls = ({ text }: { text: string }) =>
  splitControls(text).map(({ text: piece, isControl }, index) =>
    isControl ? (
      <span
        key={index}
        title="Control character that would change the text direction"
        className="mono bg-warn-tint text-warn rounded-sm px-0.5"
      >
        {piece}
      </span>
    ) : (
      piece
    ),
  );
