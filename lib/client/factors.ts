import type {
  AddFactorBody,
  Factor,
  RecoveryCodes,
  RenameFactorBody,
  TotpSetup,
} from "@/lib/contract/factors";
import { send } from "./send";

const load = () => import("@/lib/contract/factors");
const loadFactor = async () => (await load()).Factor;
const PATH = "/v1/auth/factors";

export const startTotp = (): Promise<TotpSetup> =>
  send(async () => (await load()).TotpSetup, { method: "POST", path: `${PATH}/totp-setup` });

export const startPasskey = () =>
  send(async () => (await load()).PasskeySetup, { method: "POST", path: `${PATH}/passkey-setup` });

/** A challenge for one's passkey, signed in or not. */
export const challengePasskey = () =>
  send(async () => (await load()).PasskeySetup, { method: "POST", path: "/v1/auth/passkey-challenges" });

export const addFactor = (body: AddFactorBody): Promise<Factor> =>
  send(loadFactor, { method: "POST", path: PATH, body });

export const renameFactor = (id: string, body: RenameFactorBody): Promise<Factor> =>
  send(loadFactor, { method: "PATCH", path: `${PATH}/${id}`, body });

export const removeFactor = (id: string): Promise<Factor> =>
  send(loadFactor, { method: "POST", path: `${PATH}/${id}/removal` });

export const makeRecoveryCodes = (): Promise<RecoveryCodes> =>
  send(async () => (await load()).RecoveryCodes, { method: "POST", path: "/v1/auth/recovery-codes" });
