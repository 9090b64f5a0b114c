/** The last characters of a secret, by which people tell it apart. */
export const SecretHint = ({ hint }: { hint: string }) => (
  <code className="mono text-ink whitespace-nowrap">…{hint}</code>
);
