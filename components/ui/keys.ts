/** The part of a key event (React's or native) that handlers need. Autofill sends events without a key. */
type KeyLike = {
  key: string;
  code: string;
  repeat: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
  keyCode: number;
  getModifierState(name: "AltGraph"): boolean;
} & ({ isComposing: boolean } | { nativeEvent: { isComposing: boolean } });

/** A key in the form that handlers compare. */
export type Press = {
  /** As in KeyboardEvent.key; letters are Latin, and lowercase unless Shift is held. */
  key: string;
  /** Ctrl or ⌘ alone: AltGr reports itself as Ctrl and Alt. */
  isCommand: boolean;
  isShift: boolean;
  /** Alt alone; not AltGr, which only chooses a character. */
  isAlt: boolean;
  /** The key is being held down. */
  isRepeat: boolean;
};

/** Safari reports the Enter that ends a composition as no longer composing, but with this code. */
const COMPOSING_CODE = 229;

/** Whether the key belongs to an input method, such as the Enter that accepts a Japanese word. */
export function isComposing(event: KeyLike): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || event.keyCode === COMPOSING_CODE;
}

/**
 * The intended key on every layout: ignores Caps Lock, and maps a non-Latin letter (Cyrillic, Greek, Hebrew)
 * to the Latin letter on the same key. Latin layouts are taken literally: Dvorak's `c` is `c`.
 */
export function keyOf(event: KeyLike): string {
  const { code, shiftKey } = event;
  const key = (event.key ?? "").normalize("NFKC");
  if ([...key].length !== 1 || !/[\p{L}\p{M}]/u.test(key)) return key;
  const letter = /\p{Script=Latin}/u.test(key) ? key : (/^Key([A-Z])$/.exec(code)?.[1] ?? key);
  return shiftKey ? letter.toUpperCase() : letter.toLowerCase();
}

/**
 * Reads a key press. Every `keydown` handler starts with it; a lint rule enforces that.
 * @returns undefined while an input method composes: such keys are no commands
 */
export function readPress(event: KeyLike): Press | undefined {
  if (isComposing(event)) return undefined;
  const isAltGraph = event.getModifierState?.("AltGraph") ?? false;
  return {
    key: keyOf(event),
    isCommand: (event.ctrlKey || event.metaKey) && !event.altKey && !isAltGraph,
    isShift: event.shiftKey,
    isAlt: event.altKey && !isAltGraph,
    isRepeat: event.repeat === true,
  };
}
