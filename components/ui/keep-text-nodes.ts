/**
 * The maximum number of restores per node: an extension that keeps translating wins, to avoid an endless
 * loop.
 */
const MOST_TIMES = 3;

/**
 * Restores text nodes that a translator replaces by `<font>` elements. React keeps writing to its own nodes,
 * so a replaced one shows a stale status, and the next change next to it throws. Browsers honor
 * `translate="no"`; this is for extensions that don't.
 * @returns a function that stops it
 */
export function keepTextNodes(root: Node): () => void {
  const times = new WeakMap<Node, number>();
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      const [replacement, original] = [addedNodes[0], removedNodes[0]];
      if (replacement?.nodeName !== "FONT" || original?.nodeType !== Node.TEXT_NODE) continue;
      const count = times.get(original) ?? 0;
      if (count >= MOST_TIMES || original.isConnected || !replacement.isConnected) continue;
      times.set(original, count + 1);
      replacement.parentNode!.replaceChild(original, replacement);
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  return () => observer.disconnect();
}
