import type { RefObject } from "react";
import { Button } from "@/components/ui/button";

/** `#` marks where the ticket number goes. */
export type ReasonTemplate = { label: string; text: string };

type Props = {
  templates: readonly ReasonTemplate[];
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  isLocked: boolean;
  onChange: (reason: string) => void;
};

/** Reason templates. A new template replaces the previous one and keeps typed text. */
export function ReasonTemplates({ templates, box, value, isLocked, onChange }: Props) {
  const choose = (text: string) => {
    const isOwn = value.trim() !== "" && !templates.some((template) => template.text === value);
    const next = isOwn ? `${value.trimEnd()} ${text.slice(text.indexOf(":") + 2)}` : text;
    onChange(next);
    // After the box has been updated.
    requestAnimationFrame(() => {
      const caret = isOwn ? next.length : text.indexOf("#") + 1;
      box.current?.focus();
      box.current?.setSelectionRange(caret, caret);
    });
  };
  return (
    <div role="group" aria-label="Templates" className="flex flex-wrap gap-1.5">
      {templates.map(({ label, text }) => (
        <Button key={label} size="sm" aria-disabled={isLocked} onClick={() => choose(text)}>
          {label}
        </Button>
      ))}
    </div>
  );
}
