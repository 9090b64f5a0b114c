import type { Metadata } from "next";
import Link from "next/link";
import { PersonActions } from "@/components/people/person-actions";
import { PersonEntries } from "@/components/people/person-entries";
import { PersonFacts } from "@/components/people/person-facts";
import { PersonKeys } from "@/components/people/person-keys";
import { PersonState } from "@/components/people/person-state";
import { RolePanel } from "@/components/people/role-panel";
import { ROLE_WORDS } from "@/components/people/role-words";
import { EntityLoading } from "@/components/shell/loading";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { ThingHeader } from "@/components/ui/thing-header";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import { isMailOn } from "@/lib/mail/queue-mail";
import { entityPage } from "../../console-page";
import { loadPersonPage } from "./load-person-page";

export const metadata: Metadata = { title: "Person" };

const PAGE = { permission: "people.manage", path: paths.person, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const { person, customers, keys, did, routine, about } = await loadPersonPage(caller, id);
  const { role, name, email, state } = person;
  const orgNames = Object.fromEntries(customers.map((customer) => [customer.id, customer.name]));
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
              customers={customers}
              mayReachAll={caller.reach.all}
              isSelf={isSelf}
              isMailed={isMailOn()}
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
                <Link href={paths.audit({ actor: person.id })} className={ASIDE_LINK}>
                  View all
                </Link>
              }
              entries={did}
              routine={routine}
              beside={({ target }) => target.label}
              none="None that you have access to."
            />
          )}
          {about && (
            <PersonEntries
              id="about"
              title="Changes to this account"
              entries={about}
              beside={({ actor }) => `by ${plainStored(actor.name)}`}
              none="No changes that you have access to."
            />
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          <PersonFacts person={person} orgNames={orgNames} />
          {role && <RolePanel role={role} />}
          {keys && <PersonKeys ownerId={person.id} keys={keys} />}
        </div>
      </div>
    </>
  );
});
