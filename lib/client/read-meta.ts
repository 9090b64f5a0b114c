/** @returns the content of the page's `<meta>` with this name, if any */
export const readMeta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content || undefined;
