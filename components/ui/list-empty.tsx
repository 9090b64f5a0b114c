import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { EmptyState } from "./empty-state";

type Props = {
  /** Why there is no list: a filter is invalid, or the page no longer exists. */
  problem: "filter" | "cursor" | undefined;
  hasFilters: boolean;
  /** The words for the list and one of its rows: "trail", "entry". */
  list?: string;
  one: string;
  /** Where the list starts, if not at the newest row. */
  start?: string;
  /** The link to the unfiltered list. */
  all: { href: string; text: string };
  /** The message for an invalid filter. */
  faulty?: { title?: string; hint: ReactNode };
  /** The message when no row matches. */
  unmatched: ReactNode;
  /** The message when there are no rows at all. */
  title: string;
  children: ReactNode;
};

const SEE_BESIDE = "The message beside it says why. Correct or remove it.";

/** Replaces an empty list: says why it is empty and what to do next. */
export function ListEmpty(props: Props) {
  const {
    problem,
    hasFilters,
    list = "list",
    one,
    start = `the newest ${one}`,
    all,
    faulty,
    unmatched,
    title,
    children,
  } = props;
  const showAll = (
    <Link href={all.href} className={buttonStyle("secondary")}>
      {all.text}
    </Link>
  );
  if (problem === "filter") {
    return (
      <EmptyState title={faulty?.title ?? "Invalid filter"} actions={showAll}>
        {faulty?.hint ?? SEE_BESIDE}
      </EmptyState>
    );
  }
  if (problem === "cursor") {
    return (
      <EmptyState title={`This page of the ${list} is gone`} actions={showAll}>
        The link belongs to other filters or was cut off. Start again from {start}.
      </EmptyState>
    );
  }
  if (hasFilters) {
    return (
      <EmptyState title={`No ${one} matches these filters`} actions={showAll}>
        {unmatched}
      </EmptyState>
    );
  }
  return <EmptyState title={title}>{children}</EmptyState>;
}
