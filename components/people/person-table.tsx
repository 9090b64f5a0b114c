"use client";

import { useMemo } from "react";
import { DataTable } from "@/components/ui/data-table";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StoredText } from "@/components/ui/stored-text";
import type { Column } from "@/components/ui/table-column";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";
import type { Person } from "@/lib/contract/people";
import { describeReach } from "./describe-reach";
import { PersonState } from "./person-state";
import { ROLE_WORDS } from "./role-words";

type Props = { people: Person[]; orgNames: Record<string, string> };

export function PersonTable({ people, orgNames }: Props) {
  const columns = useMemo(() => columnsOf(orgNames), [orgNames]);
  return <DataTable label="People" rows={people} columns={columns} />;
}

const columnsOf = (orgNames: Record<string, string>): Column<Person>[] => [
  {
    id: "state",
    head: "State",
    width: "w-30",
    card: { order: 2, isRight: true },
    cell: ({ state }) => <PersonState state={state} />,
  },
  {
    id: "name",
    head: "Name",
    width: "w-44 xl:w-56",
    card: { order: 1, span: 2 },
    className: "font-medium max-md:truncate",
    cell: ({ id, name }) => (
      <RowLink href={paths.person(id)} title={plainStored(name)}>
        <StoredText>{name}</StoredText>
      </RowLink>
    ),
  },
  {
    id: "email",
    head: "Email",
    card: { order: 3, span: 2 },
    className: "text-ink-muted max-md:truncate",
    title: ({ email }) => email,
    cell: ({ email, state, is_email_verified, identity_provider: provider }) => (
      <>
        {email}
        {provider && (
          <span className="ml-2">
            <Mark tone="neutral">{plainStored(provider.name)}</Mark>
          </span>
        )}
        {state === "active" && !is_email_verified && (
          <span className="ml-2">
            <Mark tone="warn">Not verified</Mark>
          </span>
        )}
      </>
    ),
  },
  {
    id: "role",
    head: "Role",
    width: "w-24",
    card: { order: 4, isRight: true },
    cell: ({ role }) => (role ? ROLE_WORDS[role].word : <None />),
  },
  {
    id: "access",
    head: "Customer access",
    width: "w-40 xl:w-72",
    card: { order: 5, span: 2 },
    className: "text-ink-muted max-md:truncate",
    title: ({ reach }) => describeReach(reach, orgNames),
    cell: ({ reach }) => describeReach(reach, orgNames),
  },
  {
    id: "last-sign-in",
    head: "Last sign-in",
    width: "w-34",
    card: { order: 6, isRight: true },
    className: "text-ink-muted whitespace-nowrap",
    cell: ({ last_sign_in_at: time }) => (time ? <RelativeTime time={time} /> : <None />),
  },
];
