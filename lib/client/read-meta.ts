/** @returns what a `<meta>` of this page says, if it has one of that name */
export const readMeta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content || undefined;
