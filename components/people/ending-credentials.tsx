import { StoredText } from "@/components/ui/stored-text";
import type { PersonCredentials } from "@/lib/contract/people";

type Props = {
  /** Undefined until loaded. */
  credentials: PersonCredentials | undefined;
  isFailed: boolean;
};

/** The keys and links that stop working when a person is disabled. Customers' keys come first. */
export function EndingCredentials({ credentials, isFailed }: Props) {
  if (!credentials)
    return (
      <p role="status">
        {isFailed
          ? "Their keys and links could not be loaded. They stop working all the same."
          : "Loading their keys and links…"}
      </p>
    );
  const { keys, links } = credentials;
  const others = keys.filter(({ is_owner }) => !is_owner);
  const own = keys.filter(({ is_owner }) => is_owner);
  return (
    <div
      role="status"
      className="grid max-h-48 gap-2 overflow-y-auto"
      tabIndex={0}
      aria-label="What stops working"
    >
      {others.length > 0 && (
        <div>
          <p className="text-danger font-medium">Other people’s keys that they made stop:</p>
          <ul className="list-disc pl-4">
            {others.map(({ id, name, prefix, owner }) => (
              <li key={id} className="wrap-anywhere">
                <StoredText>{name}</StoredText> <code className="mono">{prefix}…</code> of{" "}
                <StoredText>{owner.name}</StoredText>, {owner.email}
              </li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <p>{own.length > 0 ? "Their own keys stop:" : "They own no keys."}</p>
        {own.length > 0 && (
          <ul className="list-disc pl-4">
            {own.map(({ id, name, prefix }) => (
              <li key={id} className="wrap-anywhere">
                <StoredText>{name}</StoredText> <code className="mono">{prefix}…</code>
              </li>
            ))}
          </ul>
        )}
      </div>
      {links.length > 0 && (
        <div>
          <p>Open links that they made end:</p>
          <ul className="list-disc pl-4">
            {links.map(({ person, is_invitation }) => (
              <li key={person.id} className="wrap-anywhere">
                {is_invitation ? "Invitation of " : "Password link of "}
                <StoredText>{person.name}</StoredText>, {person.email}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
