import { dismissPasswordNoticeOperation } from "@/lib/contract/people";
import { dismissPasswordNotice } from "@/lib/people/password-notice";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(dismissPasswordNoticeOperation, async ({ db, caller }) => {
    await dismissPasswordNotice(db, caller);
    return { status: 200, body: { is_dismissed: true } };
  }),
});
