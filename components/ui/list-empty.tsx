import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "./button-style";
import { EmptyState } from "./empty-state";

type Props = {
  /** Why there is no list: a filter can't be read, or its page is gone. */
  problem: "filter" | "cursor" | undefined;
  hasFilters: boolean;
  /** The words for the list and one of its rows: "trail", "entry". */
  list?: string;
  one: string;
  /** Where the list begins, if that is not the newest of them. */
  start?: string;
  /** The way to all of it, without filters. */
  all: { href: string; text: string };
  /** Where a filter can't be read. */
  faulty?: { title?: string; hint: ReactNode };
  /** What to do when the filters leave nothing. */
  unmatched: ReactNode;
  /** What to say when there is nothing at all. */
  title: string;
  children: ReactNode;
};

const SEE_BESIDE = "The message beside it says why. Correct or remove it.";

/** Takes the place of an empty list: why it is empty, and the way on. */
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
      <EmptyState title={faulty?.title ?? "A filter can’t be read"} actions={showAll}>
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
