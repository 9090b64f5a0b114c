"use client";

import Link from "next/link";
import { useRef } from "react";
import { HeadCell } from "@/components/ui/head-cell";
import { None } from "@/components/ui/key-values";
import { Mark } from "@/components/ui/mark";
import { RelativeTime } from "@/components/ui/relative-time";
import { StoredText } from "@/components/ui/stored-text";
import { CELL, ROW, TABLE } from "@/components/ui/table-style";
import { useRowKeys } from "@/components/ui/use-row-keys";
import { paths } from "@/lib/client/paths";
import type { Person } from "@/lib/contract/people";
import { describeReach } from "./describe-reach";
import { PersonState } from "./person-state";
import { ROLE_WORDS } from "./role-words";

type Props = { people: Person[]; orgNames: Record<string, string> };

export function PersonTable({ people, orgNames }: Props) {
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} role="table" aria-label="People" className={TABLE}>
      <thead role="rowgroup" className="max-md:sr-only">
        <tr role="row">
          <HeadCell className="w-30">State</HeadCell>
          <HeadCell className="w-44 xl:w-56">Name</HeadCell>
          <HeadCell>E-mail</HeadCell>
          <HeadCell className="w-24">Role</HeadCell>
          <HeadCell className="w-40 xl:w-72">Reaches</HeadCell>
          <HeadCell className="w-34">Last sign-in</HeadCell>
        </tr>
      </thead>
      <tbody role="rowgroup" className="max-md:block">
        {people.map((person) => (
          <Row key={person.id} person={person} reach={describeReach(person.reach, orgNames)} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ person, reach }: { person: Person; reach: string }) {
  const { id, name, email, role, state, is_email_verified, last_sign_in_at } = person;
  return (
    <tr role="row" className={ROW}>
      <td role="cell" className={`${CELL} max-md:order-2 max-md:text-right`}>
        <PersonState state={state} />
      </td>
      <td role="cell" className={`${CELL} font-medium max-md:order-1 max-md:col-span-2 max-md:truncate`}>
        <Link
          href={paths.person(id)}
          prefetch={false}
          data-row
          title={name}
          className="stretched outline-none"
        >
          <StoredText>{name}</StoredText>
        </Link>
      </td>
      <td
        role="cell"
        title={email}
        className={`${CELL} text-ink-muted max-md:order-3 max-md:col-span-2 max-md:truncate`}
      >
        {email}
        {state === "active" && !is_email_verified && (
          <span className="ml-2">
            <Mark tone="warn">Not verified</Mark>
          </span>
        )}
      </td>
      <td role="cell" className={`${CELL} max-md:order-4 max-md:text-right`}>
        {role ? ROLE_WORDS[role].word : <None />}
      </td>
      <td
        role="cell"
        title={reach}
        className={`${CELL} text-ink-muted max-md:order-5 max-md:col-span-2 max-md:truncate`}
      >
        {reach}
      </td>
      <td role="cell" className={`${CELL} text-ink-muted whitespace-nowrap max-md:order-6 max-md:text-right`}>
        {last_sign_in_at ? <RelativeTime time={last_sign_in_at} /> : <None />}
      </td>
    </tr>
  );
}
