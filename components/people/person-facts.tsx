import { Moment } from "@/components/ui/moment";
import { Copyable } from "@/components/ui/copyable";
import { KeyValues } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import type { Person } from "@/lib/contract/people";
import { describeReach } from "./describe-reach";
import { ROLE_WORDS } from "./role-words";

type Props = { person: Person; orgNames: Record<string, string> };

/** A person's details. */
export function PersonFacts({ person, orgNames }: Props) {
  const { role, email, is_email_verified, last_sign_in_at, link_expires_at, disabled_at } = person;
  const provider = person.identity_provider;
  return (
    <Panel id="facts" title="Details">
      <KeyValues
        items={[
          {
            name: "Email",
            value: (
              <>
                {email} {!is_email_verified && <Mark tone="warn">Not verified</Mark>}
              </>
            ),
          },
          { name: "Role", value: role ? ROLE_WORDS[role].word : "Customer contact" },
          { name: "Customer access", value: describeReach(person.reach, orgNames) },
          ...(role
            ? [
                {
                  name: "Signs in with",
                  value: provider ? (
                    <>
                      <StoredText>{provider.name}</StoredText>, whose groups decide role and access
                    </>
                  ) : (
                    `Password${person.has_second_factor ? " and a second factor" : ""}`
                  ),
                },
              ]
            : []),
          { name: "Last sign-in", value: last_sign_in_at && <RelativeTime time={last_sign_in_at} /> },
          ...(link_expires_at
            ? [
                {
                  name: "Password link",
                  value: (
                    <>
                      Expires <Moment time={link_expires_at} />
                    </>
                  ),
                },
              ]
            : []),
          ...(disabled_at ? [{ name: "Disabled", value: <Moment time={disabled_at} /> }] : []),
          { name: "Added", value: <Moment time={person.created_at} /> },
          { name: "Updated", value: <Moment time={person.updated_at} /> },
          { name: "ID", value: <Copyable text={person.id} what="person ID" /> },
        ]}
      />
    </Panel>
  );
}
