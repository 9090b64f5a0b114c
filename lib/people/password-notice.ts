import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";

export type PasswordNotice = {
  setAt: string;
  /** Who made the link; null if it was made on the server. */
  madeBy: { name: string; email: string } | null;
};

/** Finds the notice that a person's password was set through a link, unless they dismissed it. */
export async function findPasswordNotice(db: Db, personId: string): Promise<PasswordNotice | undefined> {
  const notice = await db.passwordNotice.findUnique({
    where: { personId, dismissedAt: null },
    select: { setAt: true, maker: { select: { name: true, email: true } } },
  });
  return notice ? { setAt: formatTimestamp(notice.setAt), madeBy: notice.maker } : undefined;
}

/** Hides the notice from the person. */
export async function dismissPasswordNotice(db: Db, { person }: Caller): Promise<void> {
  await db.passwordNotice.updateMany({
    where: { personId: person.id, dismissedAt: null },
    data: { dismissedAt: new Date() },
  });
}
