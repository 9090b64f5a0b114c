const TEXT_FIELD =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, [contenteditable=true]";
/** Elsewhere, holding the space bar scrolls. */
const PRESSABLE = "a, button, summary, label, input, select";
const EDITS = new Set(["Enter", "Backspace", "Delete"]);

/**
 * Ignores key repeats: a held key must not press a button again, submit a form again, or type into a dialog
 * that it opened. Otherwise Enter on "Create key" would confirm "I’ve saved the key" half a second later.
 * Text fields and navigation keys repeat as usual.
 * @returns a function that removes it
 */
export function guardRepeats(root: Document): () => void {
  let start: EventTarget | null = null;
  const guard = (event: KeyboardEvent) => {
    if (!event.repeat) {
      start = event.target;
      return;
    }
    if (!(event.target instanceof Element)) return;
    const isTyping = event.target.matches(TEXT_FIELD);
    const isText = event.key.length === 1 || EDITS.has(event.key);
    const isNewline = event.key === "Enter" && !event.target.matches("textarea, [contenteditable=true]");
    const isPress =
      !isTyping && (event.key === "Enter" || event.key === " ") && event.target.closest(PRESSABLE) !== null;
    const hasMoved = isTyping && isText && event.target !== start;
    if (isPress || isNewline || hasMoved) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
  root.addEventListener("keydown", guard, true);
  return () => root.removeEventListener("keydown", guard, true);
}
