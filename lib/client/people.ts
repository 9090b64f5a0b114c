import type {
  ChangePasswordBody,
  InvitedPerson,
  InvitePersonBody,
  Person,
  SetPasswordBody,
  UpdatePersonBody,
} from "@/lib/contract/people";
import { send } from "./send";

const loadPerson = async () => (await import("@/lib/contract/people")).Person;
const loadInvited = async () => (await import("@/lib/contract/people")).InvitedPerson;
const PATH = "/v1/admin/people";
const pathOf = (id: string): string => `${PATH}/${id}`;

export const invitePerson = (body: InvitePersonBody): Promise<InvitedPerson> =>
  send(loadInvited, { method: "POST", path: PATH, body });

export const updatePerson = (id: string, body: UpdatePersonBody): Promise<Person> =>
  send(loadPerson, { method: "PATCH", path: pathOf(id), body });

export const disablePerson = (id: string, reason: string): Promise<Person> =>
  send(loadPerson, { method: "POST", path: `${pathOf(id)}/disablement`, body: { reason } });

export const enablePerson = (id: string): Promise<Person> =>
  send(loadPerson, { method: "POST", path: `${pathOf(id)}/enablement` });

export const renewInvitation = (id: string): Promise<InvitedPerson> =>
  send(loadInvited, { method: "POST", path: `${pathOf(id)}/invitation` });

export const changePassword = (body: ChangePasswordBody): Promise<{ id: string; email: string }> =>
  send(async () => (await import("@/lib/contract/people")).PasswordOwner, {
    method: "POST",
    path: "/v1/auth/password-change",
    body,
  });

/** @returns the person whose password was set */
export const setPassword = (body: SetPasswordBody): Promise<{ id: string; email: string }> =>
  send(async () => (await import("@/lib/contract/people")).PasswordOwner, {
    method: "POST",
    path: "/v1/auth/password",
    body,
  });
