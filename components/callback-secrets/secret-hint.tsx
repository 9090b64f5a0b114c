/** The last characters of a secret, to identify it. */
export const SecretHint = ({ hint }: { hint: string }) => (
  <code className="mono text-ink whitespace-nowrap">…{hint}</code>
);
