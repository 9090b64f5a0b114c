import Form from "next/form";
import Link from "next/link";
import { Search } from "lucide-react";
import { Fragment } from "react";
import { inputStyle } from "@/components/ui/field";
import { ASIDE_LINK } from "@/components/ui/link-style";
import { PageHeader } from "@/components/ui/page-header";
import { paths } from "@/lib/client/paths";
import type { ReferenceGroup } from "@/lib/contract/reference/read-document";
import { Method } from "./method";
import { SECTION_LINK } from "./section-link";

type Props = { groups: readonly ReferenceGroup[]; search: string };

/** Every operation in its group, or those that match a search. */
export function ReferenceIndex({ groups, search }: Props) {
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  return (
    <>
      <PageHeader title="API reference">
        <div className="flex flex-wrap gap-x-4">
          <Link href={paths.reference("basics")} prefetch={false} className={ASIDE_LINK}>
            Basics
          </Link>
          <a href={paths.openApi()} className={ASIDE_LINK}>
            OpenAPI document
          </a>
          <a href={paths.llms()} className={ASIDE_LINK}>
            llms.txt
          </a>
        </div>
      </PageHeader>
      <div className="grid gap-3 px-4 pb-4 lg:px-6">
        <Form action={paths.reference()} role="search" aria-label="Operations" className="relative max-w-96">
          <Search aria-hidden className="text-ink-faint absolute top-2.5 left-2.5 size-3.5" />
          <input
            key={search}
            name="q"
            type="search"
            defaultValue={search}
            aria-label="Find an operation"
            placeholder="Path, name or permission"
            autoComplete="off"
            enterKeyHint="search"
            className={inputStyle("h-8 pl-8", true)}
          />
        </Form>
        {search ? (
          <p role="status" className="text-ink-muted">
            {count === 1 ? "1 operation" : `${count} operations`} for “{search}”.{" "}
            <Link href={paths.reference()} prefetch={false} className="text-accent underline">
              Show all
            </Link>
          </p>
        ) : (
          <nav aria-label="Groups" className="flex flex-wrap gap-x-4">
            {groups.map(({ id, title }) => (
              <a key={id} href={`#${id}`} className={SECTION_LINK}>
                {title}
              </a>
            ))}
          </nav>
        )}
      </div>
      {groups.map((group) => (
        <Group key={group.id} {...group} />
      ))}
    </>
  );
}

const Group = ({ id, title, text, operations }: ReferenceGroup) => (
  <section aria-labelledby={id} className="bg-surface border-t">
    <header className="bg-canvas grid gap-x-3 border-b px-4 py-2.5 sm:flex sm:items-baseline lg:px-6">
      <h2 id={id} className="text-md font-semibold">
        {title}
      </h2>
      <p className="text-ink-muted">{text}</p>
    </header>
    <ul className="divide-y">
      {operations.map((operation) => (
        <li key={operation.id}>
          <Link
            href={paths.reference(operation.id)}
            prefetch={false}
            className="hover:bg-hover grid min-h-9 items-center gap-x-3 px-4 py-1.5 focus-visible:-outline-offset-2 max-md:grid-cols-[4rem_minmax(0,1fr)] max-md:items-baseline md:grid-cols-[4rem_minmax(0,2fr)_minmax(0,3fr)] lg:px-6"
          >
            <Method method={operation.method} />
            <code className="mono max-md:text-ink-muted wrap-anywhere max-md:order-last max-md:col-start-2">
              <BreakablePath path={operation.path} />
            </code>
            <span className="min-w-0 max-md:font-medium">{operation.title}</span>
          </Link>
        </li>
      ))}
    </ul>
  </section>
);

/** Wraps at its slashes. */
const BreakablePath = ({ path }: { path: string }) =>
  path.split(/(?<=.\/)/).map((part, index) => (
    <Fragment key={index}>
      <wbr />
      {part}
    </Fragment>
  ));
