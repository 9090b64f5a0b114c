/**
 * Copies a text. Plain-HTTP pages have no clipboard API, and browsers may refuse it: then copies from a
 * temporary field.
 * @param near the pressed element: next to an open modal dialog, nothing can be selected
 * @returns whether it is in the clipboard
 */
export async function copyText(text: string, near: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text, near.closest("dialog[open], :popover-open") ?? document.body);
  }
}

function copyFromField(text: string, place: Element): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  // Inside the viewport, or focusing it would scroll.
  field.style.cssText = "position:fixed;top:0;left:0;opacity:0";
  place.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}
