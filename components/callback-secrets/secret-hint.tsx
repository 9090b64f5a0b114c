/** The last characters of a secret, so that people can identify it. */
export const SecretHint = ({ hint }: { hint: string }) => (
  <code className="mono text-ink whitespace-nowrap">…{hint}</code>
);
