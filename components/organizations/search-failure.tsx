import { Button } from "@/components/ui/button";
import { ApiError } from "@/lib/client/api-error";

/** The search failed; earlier choices remain. */
export const SearchFailure = ({ error, onRetry }: { error: Error; onRetry: () => void }) => (
  <div role="alert" className="px-2 py-1.5">
    <p className="text-danger text-sm">
      {error instanceof ApiError ? error.message : "Couldn’t load customers: the connection was lost."}
    </p>
    <Button size="sm" className="mt-1.5" onClick={onRetry}>
      Try again
    </Button>
  </div>
);
