import { readClaimedDevices } from "@/lib/identity/known-device";
import type { Browser } from "@/lib/identity/verify-own-password";
import { isAddressOfProxy } from "./client-address";

export const readBrowser = (headers: Headers): Browser => ({
  devices: readClaimedDevices(headers),
  isAddressOfProxy: isAddressOfProxy(headers),
});
