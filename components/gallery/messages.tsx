import { SecretGone } from "@/components/secrets/secret-gone";
import { RequestFailure } from "@/components/ui/request-failure";
import { Refused } from "@/components/shell/refused";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterSkeleton } from "@/components/ui/filter-skeleton";
import { Notice, type NoticeTone } from "@/components/ui/notice";
import { Skeleton } from "@/components/ui/skeleton";
import { Spinner } from "@/components/ui/spinner";
import { ApiError, ConnectionError } from "@/lib/client/api-error";
import { Section, Specimen } from "./section";

const NOTICES: Record<NoticeTone, string> = {
  info: "Already succeeded 4 s ago. Your request changed nothing.",
  success: "Canceled by you.",
  warn: "Your session has ended, so this page no longer updates.",
  danger: "The email and password don’t match an active account.",
};

export function Messages() {
  return (
    <Section
      id="messages"
      title="Empty, loading and error states"
      about="Empty, loading, refused or failed: each replaces the content, names the state and gives the next step."
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {Object.entries(NOTICES).map(([tone, words]) => (
          <Notice key={tone} tone={tone as NoticeTone}>
            {words}
          </Notice>
        ))}
        <RequestFailure error={new ConnectionError()} isRepeatable />
        <RequestFailure error={new ApiError(401, "UNAUTHORIZED", "", null, null)} />
        <SecretGone what="key" why="unseen" next="revoke it on its page and make another one." />
      </div>
      <div className="grid gap-4 md:grid-cols-2">
        <Specimen name="Empty">
          <div className="bg-surface rounded-lg border">
            <EmptyState
              title="No run matches these filters"
              actions={
                <a href="#messages" className={buttonStyle()}>
                  Show all runs
                </a>
              }
            >
              Remove a filter, or search by run ID (filters don’t apply to IDs).
            </EmptyState>
          </div>
        </Specimen>
        <Specimen name="No permission">
          <div className="bg-surface rounded-lg border">
            <Refused as="h2" because="permission" permission="webhooks.manage" />
          </div>
        </Specimen>
        <Specimen name="Loading: takes the size of its content">
          <div className="bg-surface grid gap-3 rounded-lg border p-4">
            <FilterSkeleton chips={["w-20", "w-24"]} boxes={["flex-1"]} />
            <Skeleton className="h-6 w-28" />
            <Skeleton className="h-5 w-80 max-w-full" />
            <Skeleton className="h-4 w-64 max-w-full" />
          </div>
        </Specimen>
        <Specimen name="In progress: a spinner and a label">
          <p className="text-ink-muted flex items-center gap-2">
            <Spinner /> Looking for runs…
          </p>
        </Specimen>
      </div>
    </Section>
  );
}
