import { type ReactNode, Suspense } from "react";
import { TicketProvider } from "@/components/cancellations/ticket-context";
import { LatePasswordNotice } from "@/components/people/late-password-notice";
import { AppShell } from "@/components/shell/app-shell";
import { StuckCountPlace } from "@/components/shell/stuck-count";
import { ClockProvider } from "@/components/ui/clock";
import { TimeZoneProvider } from "@/components/ui/time-zone";
import { plainStored } from "@/lib/client/bidi";
import { CONSOLE_BUILD_META, CONSOLE_BUILD_VARIABLE } from "@/lib/contract/console-build";
import { IDENTITY_PROVIDER_META } from "@/lib/contract/identity-provider-meta";
import { SECOND_FACTORS_META } from "@/lib/contract/second-factors-meta";
import { SIGNED_IN_AS_META } from "@/lib/contract/signed-in-as";
import { env } from "@/lib/platform/env/env";
import { db } from "@/lib/platform/db/client";
import { findPasswordNotice } from "@/lib/people/password-notice";
import { findProvider } from "@/lib/platform/env/find-provider";
import { findSignedIn } from "@/lib/platform/http/session";
import { ticketSettings } from "@/lib/tickets/ticket-settings";
import { findTimeZone } from "./find-time-zone";
import { StuckNumber } from "./stuck-number";

/** Only the frame. Each page does its own auth check, because it knows where to return after sign-in. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const caller = await findSignedIn();
  // Its page leads such a person elsewhere.
  if (!caller || caller.lacksFactor) return children;
  const { name, email, isVerified } = caller.person;
  const notice = await findPasswordNotice(db(), caller.person.id);
  const provider = findProvider(caller.identityProvider);
  const build = process.env[CONSOLE_BUILD_VARIABLE];
  // Streams in, so that no page waits for the count in its navigation.
  const stuckCount = isVerified && caller.permissions.has("runs.read") && (
    <Suspense fallback={<StuckCountPlace />}>
      <StuckNumber caller={caller} />
    </Suspense>
  );
  return (
    <ClockProvider renderedAt={Date.now()}>
      <TimeZoneProvider chosen={await findTimeZone()}>
        <TicketProvider settings={ticketSettings()}>
          {/* One paint of the whole page: painting the frame first would delay the rest. */}
          <link rel="expect" href="#main" blocking="render" />
          <meta name={SIGNED_IN_AS_META} content={caller.person.id} />
          {provider && (
            <meta name={IDENTITY_PROVIDER_META} content={`${provider.id} ${plainStored(provider.name)}`} />
          )}
          {caller.factors && caller.factors.length > 0 && (
            <meta name={SECOND_FACTORS_META} content={caller.factors.join(" ")} />
          )}
          {build && <meta name={CONSOLE_BUILD_META} content={build} />}
          <AppShell
            person={{ name, email, role: caller.actor.role ?? "" }}
            permissions={caller.permissions}
            environment={env().CONSOLE_ENVIRONMENT || undefined}
            stuckCount={stuckCount}
          >
            {notice && <LatePasswordNotice {...notice} />}
            {children}
          </AppShell>
        </TicketProvider>
      </TimeZoneProvider>
    </ClockProvider>
  );
}
