import type { ReactNode } from "react";
import { TicketProvider } from "@/components/cancellations/ticket-context";
import { AppShell } from "@/components/shell/app-shell";
import { ClockProvider } from "@/components/ui/clock";
import { ticketSettings } from "@/lib/audit/ticket-settings";
import { findSignedIn } from "@/lib/http/session";
import type { Caller } from "@/lib/identity/caller";
import { listApart } from "@/lib/paging/list-apart";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";

/** Only the frame: each page checks for itself who is there, as it knows where a sign-in should lead back to. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const caller = await findSignedIn();
  if (!caller) return children;
  const { name, email } = caller.person;
  return (
    <ClockProvider renderedAt={Date.now()}>
      <TicketProvider settings={ticketSettings()}>
        <AppShell person={{ name, email, role: caller.actor.role ?? "" }} stuck={await countFor(caller)}>
          {children}
        </AppShell>
      </TicketProvider>
    </ClockProvider>
  );
}

/** The number beside the page's name: none for who may not read runs. */
async function countFor(caller: Caller) {
  const mayKnow = caller.person.isVerified && caller.permissions.has("runs.read");
  return mayKnow ? listApart(caller, (lists) => countStuckRuns(lists, caller.reach)) : undefined;
}
