import { refuseUnknownPath } from "@/lib/platform/http/endpoint";

export {
  refuseUnknownPath as GET,
  refuseUnknownPath as HEAD,
  refuseUnknownPath as POST,
  refuseUnknownPath as PUT,
  refuseUnknownPath as PATCH,
  refuseUnknownPath as DELETE,
  refuseUnknownPath as OPTIONS,
};
