import type { Metadata } from "next";
import { AccountFacts } from "@/components/account/account-facts";
import { ChangePassword } from "@/components/account/change-password";
import { SecondFactors } from "@/components/account/second-factors";
import { SessionList } from "@/components/account/session-list";
import { EntityLoading } from "@/components/shell/loading";
import { PageHeader } from "@/components/ui/page-header";
import { paths } from "@/lib/client/paths";
import { consolePage } from "../console-page";
import { loadAccountPage } from "./load-account-page";

export const metadata: Metadata = { title: "Your account" };

const PAGE = { permission: null, path: paths.account, loading: <EntityLoading /> };

export default consolePage(PAGE, async ({ caller }) => {
  const { facts, sessions, idleMinutes, ...own } = await loadAccountPage(caller);
  return (
    <>
      <PageHeader title="Your account" />
      <div className="grid items-start gap-4 border-t p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <SessionList sessions={sessions} idleMinutes={idleMinutes} />
        <div className="grid min-w-0 gap-4">
          <AccountFacts {...facts} />
          {!caller.identityProvider && (
            <>
              <ChangePassword email={facts.email} />
              <SecondFactors factors={own.factors} arePasskeysPossible={own.arePasskeysPossible} />
            </>
          )}
        </div>
      </div>
    </>
  );
});
