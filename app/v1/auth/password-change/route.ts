import { changePasswordOperation } from "@/lib/contract/people";
import { changePassword } from "@/lib/people/change-password";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { readBrowser } from "@/lib/platform/http/read-browser";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(changePasswordOperation, async ({ db, caller, context, body, raw }) => {
    const browser = readBrowser(raw.headers);
    const { email, deviceCookie } = await changePassword(db, { caller, context, browser, body });
    return { status: 200, body: { id: caller.person.id, email }, headers: { "Set-Cookie": deviceCookie } };
  }),
});
