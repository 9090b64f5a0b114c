import { queryOptions } from "@tanstack/react-query";
import type {
  ChangePasswordBody,
  InvitedPerson,
  InvitePersonBody,
  Person,
  SetPasswordBody,
  UpdatePersonBody,
} from "@/lib/contract/people";
import { callApi } from "./call-api";
import { send } from "./send";

const loadPerson = async () => (await import("@/lib/contract/people")).Person;
const loadInvited = async () => (await import("@/lib/contract/people")).InvitedPerson;
const PATH = "/v1/admin/people";
const pathOf = (id: string): string => `${PATH}/${id}`;

export const invitePerson = (body: InvitePersonBody): Promise<InvitedPerson> =>
  send(loadInvited, { method: "POST", path: PATH, body });

export const updatePerson = (id: string, body: UpdatePersonBody): Promise<Person> =>
  send(loadPerson, { method: "PATCH", path: pathOf(id), body });

/** What stops working when a person is disabled; read when a dialog opens. */
export const personCredentialsOptions = (id: string) =>
  queryOptions({
    queryKey: ["person-credentials", id],
    queryFn: async ({ signal }) => {
      const { PersonCredentials } = await import("@/lib/contract/people");
      return (await callApi(PersonCredentials, `${pathOf(id)}/credentials`, { signal })).data;
    },
  });

export const disablePerson = (id: string, reason: string): Promise<Person> =>
  send(loadPerson, { method: "POST", path: `${pathOf(id)}/disablement`, body: { reason } });

export const enablePerson = (id: string): Promise<Person> =>
  send(loadPerson, { method: "POST", path: `${pathOf(id)}/enablement` });

/** Removes a colleague's second factors. */
export const resetFactors = (id: string): Promise<Person> =>
  send(loadPerson, { method: "POST", path: `${pathOf(id)}/factor-reset` });

export const renewInvitation = (id: string): Promise<InvitedPerson> =>
  send(loadInvited, { method: "POST", path: `${pathOf(id)}/invitation` });

export const changePassword = (body: ChangePasswordBody): Promise<{ id: string; email: string }> =>
  send(async () => (await import("@/lib/contract/people")).PasswordOwner, {
    method: "POST",
    path: "/v1/auth/password-change",
    body,
  });

/** Hides the notice that one's password was set through a link. */
export const dismissPasswordNotice = (): Promise<{ is_dismissed: true }> =>
  send(
    async () => (await import("@/lib/contract/people")).dismissPasswordNoticeOperation.responses[200].body,
    {
      method: "POST",
      path: "/v1/auth/password-notice/dismissal",
    },
  );

/** @returns the person whose password was set */
export const setPassword = (body: SetPasswordBody): Promise<{ id: string; email: string }> =>
  send(async () => (await import("@/lib/contract/people")).PasswordOwner, {
    method: "POST",
    path: "/v1/auth/password",
    body,
  });
