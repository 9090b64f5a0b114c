import type { Metadata } from "next";
import Link from "next/link";
import { PersonActions } from "@/components/people/person-actions";
import { PersonEntries } from "@/components/people/person-entries";
import { PersonFacts } from "@/components/people/person-facts";
import { PersonKeys } from "@/components/people/person-keys";
import { PersonState } from "@/components/people/person-state";
import { RolePanel } from "@/components/people/role-panel";
import { ROLE_WORDS } from "@/components/people/role-words";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { ThingHeader } from "@/components/ui/thing-header";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { PERMISSIONS, ROLE_PERMISSIONS } from "@/lib/states/permissions";
import { entityPage } from "../../console-page";
import { loadPersonPage } from "./load-person-page";

export const metadata: Metadata = { title: "Person" };

/** What no role has is no matter of roles. */
const GIVEN = PERMISSIONS.filter((permission) =>
  Object.values(ROLE_PERMISSIONS).some((permitted) => permitted.includes(permission)),
);

export default entityPage("people.manage", paths.person, async ({ caller, id }) => {
  const { person, orgs, keys, did, about } = await loadPersonPage(caller, id);
  const { role, name, email, state } = person;
  const orgNames = Object.fromEntries(orgs.map((org) => [org.id, org.name]));
  const isSelf = person.id === caller.person.id;
  return (
    <>
      <ThingHeader
        back={{ href: paths.people(), text: "People" }}
        title={name}
        status={<PersonState state={state} />}
        about={
          <p className="flex flex-wrap items-center gap-x-3">
            <span className="wrap-anywhere">{email}</span>
            {role && <span>{ROLE_WORDS[role].word}</span>}
            {isSelf && <span>You</span>}
          </p>
        }
        actions={
          role && (
            <PersonActions
              person={{ ...person, role }}
              orgs={orgs}
              mayReachAll={caller.reach.all}
              isSelf={isSelf}
            />
          )
        }
      />
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid min-w-0 gap-4">
          {did && (
            <PersonEntries
              id="did"
              title="Latest actions"
              aside={
                did.length > 0 && (
                  <Link href={paths.audit({ actor: person.id })} className={ASIDE_LINK}>
                    All of them
                  </Link>
                )
              }
              entries={did}
              beside={({ target }) => target.label}
              none="None yet that is in your reach."
            />
          )}
          {about && (
            <PersonEntries
              id="about"
              title="Changes to this account"
              entries={about}
              beside={({ actor }) => `by ${plainStored(actor.name)}`}
              none="None that is in your reach."
            />
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          <PersonFacts person={person} orgNames={orgNames} />
          {role && <RolePanel role={role} permitted={ROLE_PERMISSIONS[role]} all={GIVEN} />}
          {keys && <PersonKeys ownerId={person.id} keys={keys} />}
        </div>
      </div>
    </>
  );
});
