/**
 * Copies a text. Over plain http pages have no clipboard, and a browser may refuse: then copies from a
 * field.
 * @param near where the person pressed: beside an open modal dialog nothing can be selected
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
  // Within the view, or focusing it would scroll.
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
