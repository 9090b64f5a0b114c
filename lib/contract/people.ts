import { z } from "zod";
import { KEY_KINDS } from "@/lib/states/key";
import { ROLES } from "@/lib/states/permissions";
import { admin, anyone, defineOperation, exempt, session } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { countCodePoints, Reason } from "./runs";
import { trimWhiteSpace } from "./text/trim-white-space";
import { personNameText } from "./name-text";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const PERSON_STATES = ["active", "invited", "disabled"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

/** In Unicode code points, as in NIST SP 800-63B, which advises against composition rules. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;
export const PERSON_NAME_MAX = 100;

const Reach = z.object({ all: z.boolean(), org_ids: z.array(Uuid).nullable() });
export type PersonReach = z.infer<typeof Reach>;

export const Person = z
  .object({
    id: Uuid,
    kind: z.enum(["staff", "customer"]),
    name: z.string(),
    email: z.string(),
    is_email_verified: z.boolean(),
    /** Null for people of a customer. */
    role: z.enum(ROLES).nullable(),
    reach: Reach,
    /** The customer that the person belongs to; null for staff. */
    org_id: Uuid.nullable(),
    /** Who signs them in and decides their name, role and reach; null for a person with a password. */
    identity_provider: z
      .object({
        id: z.string(),
        name: z.string(),
        has_disabled: z.boolean().meta({ description: "Whether it disabled the person, not an admin." }),
      })
      .nullable(),
    has_second_factor: z.boolean(),
    /** `invited`: has never set a password. */
    state: z.enum(PERSON_STATES),
    /** When the person's password link expires. */
    link_expires_at: Timestamp.nullable(),
    last_sign_in_at: Timestamp.nullable(),
    disabled_at: Timestamp.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: "Person", description: "Who signs in to the console, or owns keys." });
export type Person = z.infer<typeof Person>;

export const InvitedPerson = Person.extend({
  link: z.string().nullable().meta({
    description:
      "Where the person sets a password, once. Shown only here; null if it was sent to their email.",
  }),
}).meta({ id: "InvitedPerson" });
export type InvitedPerson = z.infer<typeof InvitedPerson>;

const Name = z.object({ id: Uuid, name: z.string(), email: z.string() });

export const PersonCredentials = z
  .object({
    keys: z
      .array(
        z.object({
          id: Uuid,
          kind: z.enum(KEY_KINDS),
          name: z.string(),
          prefix: z.string(),
          owner: Name,
          is_owner: z.boolean(),
          is_maker: z.boolean(),
        }),
      )
      .meta({ description: "Keys that the person owns or made and that are neither revoked nor expired." }),
    links: z
      .array(z.object({ person: Name, is_invitation: z.boolean(), expires_at: Timestamp }))
      .meta({ description: "Open password links that the person made." }),
    sessions: z.int().meta({ description: "The person's open sessions." }),
  })
  .meta({ id: "PersonCredentials", description: "What stops working when the person is disabled." });
export type PersonCredentials = z.infer<typeof PersonCredentials>;

export const DisabledPerson = Person.extend({
  ended: PersonCredentials.nullable().meta({
    description: "What stopped working, as far as the caller can access it. Null if nothing changed.",
  }),
}).meta({ id: "DisabledPerson" });
export type DisabledPerson = z.infer<typeof DisabledPerson>;

export const PersonPage = pageOf(Person).meta({ id: "PersonPage" });
export type PersonPage = z.infer<typeof PersonPage>;

export const PersonListQuery = z.strictObject({
  kind: z.enum(["staff", "customer"]).default("staff"),
  role: z.enum(ROLES).optional(),
  state: z.enum(PERSON_STATES).optional(),
  text: StorableText(200).optional().meta({ description: "Part of the name or the email." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type PersonListQuery = z.infer<typeof PersonListQuery>;

export const PersonName = personNameText(PERSON_NAME_MAX);

export const Email = z
  .string()
  .overwrite((email) => trimWhiteSpace(email).toLowerCase())
  .max(254)
  .pipe(z.email("This is not an email address."));

/** All organizations or a list; exactly one of the two. */
export const GivenReach = z
  .strictObject({ all: z.boolean(), org_ids: z.array(Uuid.toLowerCase()).max(500).nullish() })
  .refine(({ all, org_ids }) => all === !org_ids?.length, "Send `all`, or list the organizations.");

export const InvitePersonBody = z
  .strictObject({
    name: PersonName,
    email: Email,
    role: z.enum(ROLES),
    reach: GivenReach,
    reason: Reason.nullish(),
  })
  .meta({ id: "InvitePerson" });
export type InvitePersonBody = z.infer<typeof InvitePersonBody>;

export const UpdatePersonBody = z
  .strictObject({
    name: PersonName.optional(),
    role: z.enum(ROLES).optional(),
    reach: GivenReach.optional(),
    reason: Reason.nullish(),
  })
  .meta({ id: "UpdatePerson", description: "Absent fields stay unchanged." });
export type UpdatePersonBody = z.infer<typeof UpdatePersonBody>;

const OptionalReason = z.strictObject({ reason: Reason.nullish() }).nullish().meta({ id: "PersonReason" });

/** A password that a person chooses: any characters, including spaces, unchanged. */
export const Password = z.string().superRefine((password, context) => {
  const length = countCodePoints(password);
  const refuse = (type: string, message: string) =>
    context.addIssue({ code: "custom", message, params: { type } });
  if (!password.isWellFormed()) refuse("string_unicode", "The password contains half of a surrogate pair.");
  else if (length < PASSWORD_MIN)
    refuse("string_too_short", `The password needs at least ${PASSWORD_MIN} characters.`);
  else if (length > PASSWORD_MAX)
    refuse("string_too_long", `The password may have at most ${PASSWORD_MAX} characters.`);
});

export const SetPasswordBody = z
  .strictObject({ token: z.string().max(200), password: Password })
  .meta({ id: "SetPassword" });
export type SetPasswordBody = z.infer<typeof SetPasswordBody>;

export const ChangePasswordBody = z
  .strictObject({ current_password: z.string().min(1).max(1000), new_password: Password })
  .meta({ id: "ChangePassword" });
export type ChangePasswordBody = z.infer<typeof ChangePasswordBody>;

export const PasswordOwner = z.object({ id: Uuid, email: z.string() }).meta({ id: "PasswordOwner" });

const REACH =
  "Includes staff whose whole reach is within the caller's, and people of customers in the caller's reach.";
const NOT_BEYOND = "No one can give a role or reach beyond their own: 403 `escalation_forbidden`.";
const UNLIKE_OTHERS = "A name that looks like another member of staff's is 409 `name_taken`.";
const NOT_MANAGED = "Not for people whom an identity provider manages: 409 `managed_by_provider`.";
const NOT_ONESELF = "Callers can't do this to themselves: 409 `self_action_forbidden`.";

export const listPeopleOperation = defineOperation({
  id: "listPeople",
  method: "GET",
  path: "/v1/admin/people",
  summary: "List people by name",
  description: REACH,
  access: admin("people.manage"),
  query: PersonListQuery,
  responses: { 200: { description: "A page of people.", body: PersonPage } },
});

export const invitePersonOperation = defineOperation({
  id: "invitePerson",
  method: "POST",
  path: "/v1/admin/people",
  summary: "Invite a staff person",
  description: `A link lets the person set a password within 24 hours. It is sent to their email; a deployment without a mail server returns it, only once. ${NOT_BEYOND} ${UNLIKE_OTHERS}`,
  access: admin("people.manage"),
  stepUp: true,
  audits: "person.invited",
  body: InvitePersonBody,
  refusals: [409],
  responses: { 201: { description: "The person, with the link.", body: InvitedPerson } },
});

export const getPersonOperation = defineOperation({
  id: "getPerson",
  method: "GET",
  path: "/v1/admin/people/{person_id}",
  summary: "Read a person",
  access: admin("people.manage"),
  responses: { 200: { description: "The person.", body: Person } },
});

export const updatePersonOperation = defineOperation({
  id: "updatePerson",
  method: "PATCH",
  path: "/v1/admin/people/{person_id}",
  summary: "Change a staff person's name, role or reach",
  description: `Takes effect with the next request of their sessions and keys. ${NOT_BEYOND} ${NOT_ONESELF} ${UNLIKE_OTHERS} ${NOT_MANAGED}`,
  access: admin("people.manage"),
  stepUp: true,
  audits: "person.updated",
  body: UpdatePersonBody,
  refusals: [409],
  responses: { 200: { description: "The person.", body: Person } },
});

export const getPersonCredentialsOperation = defineOperation({
  id: "getPersonCredentials",
  method: "GET",
  path: "/v1/admin/people/{person_id}/credentials",
  summary: "Read what stops working when a staff person is disabled",
  access: admin("people.manage"),
  responses: {
    200: { description: "Keys, links and sessions, in the caller's reach.", body: PersonCredentials },
  },
});

export const disablePersonOperation = defineOperation({
  id: "disablePerson",
  method: "POST",
  path: "/v1/admin/people/{person_id}/disablement",
  summary: "Disable a staff person",
  description:
    "Their sessions end, keys that they own or made are refused, and open links and invitations that they made end. " +
    NOT_ONESELF,
  access: admin("people.manage"),
  audits: "person.disabled",
  body: z.strictObject({ reason: Reason }).meta({ id: "Disablement" }),
  refusals: [409],
  responses: {
    200: { description: "The person was already disabled; nothing changed.", body: DisabledPerson },
    201: { description: "This request disabled the person.", body: DisabledPerson },
  },
});

export const enablePersonOperation = defineOperation({
  id: "enablePerson",
  method: "POST",
  path: "/v1/admin/people/{person_id}/enablement",
  summary: "Enable a disabled staff person",
  description: `${NOT_BEYOND} Not for people whom their identity provider disabled: 409 \`managed_by_provider\`. An admin may need a second person: 409 \`approval_required\`.`,
  access: admin("people.manage"),
  stepUp: true,
  audits: "person.enabled",
  body: OptionalReason,
  refusals: [409],
  responses: {
    200: { description: "The person was already enabled; nothing changed.", body: Person },
    201: { description: "This request enabled the person.", body: Person },
  },
});

export const renewInvitationOperation = defineOperation({
  id: "renewInvitation",
  method: "POST",
  path: "/v1/admin/people/{person_id}/invitation",
  summary: "Create a new password link for a staff person",
  description: `It replaces the previous link, and is sent or returned as for an invitation. The current password works until a new one is set. ${NOT_BEYOND} ${NOT_ONESELF} ${NOT_MANAGED}`,
  access: admin("people.manage"),
  stepUp: true,
  audits: "person.invited",
  body: OptionalReason,
  refusals: [409],
  responses: { 201: { description: "The person, with the link.", body: InvitedPerson } },
});

export const resetFactorsOperation = defineOperation({
  id: "resetFactors",
  method: "POST",
  path: "/v1/admin/people/{person_id}/factor-reset",
  summary: "Remove a staff person's second factors",
  description: `For a person who has lost them. Their recovery codes and sessions end too. ${NOT_BEYOND} ${NOT_ONESELF}`,
  access: admin("people.manage"),
  stepUp: true,
  audits: "person.factor_removed",
  body: OptionalReason,
  refusals: [409],
  responses: {
    200: { description: "The person had none; nothing changed.", body: Person },
    201: { description: "This request removed them.", body: Person },
  },
});

export const dismissPasswordNoticeOperation = defineOperation({
  id: "dismissPasswordNotice",
  method: "POST",
  path: "/v1/auth/password-notice/dismissal",
  summary: "Dismiss the notice that your password was set through a link",
  access: session,
  audits: exempt(
    "It hides a notice from the person whom it concerns; the audit entry about the password stays.",
  ),
  responses: {
    200: {
      description: "The notice is not shown anymore.",
      body: z.object({ is_dismissed: z.literal(true) }),
    },
  },
});

export const setPasswordOperation = defineOperation({
  id: "setPassword",
  method: "POST",
  path: "/v1/auth/password",
  summary: "Set your own password with a link",
  description:
    "A link works once, and ends the person's sessions. The audit entry, and a notice for the person, name who made " +
    "the link. Unknown, used and expired links get the same error.",
  access: anyone,
  audits: "person.password_set",
  body: SetPasswordBody,
  refusals: [404, 429],
  responses: {
    200: { description: "The person whose password it is.", body: PasswordOwner },
  },
});

export const changePasswordOperation = defineOperation({
  id: "changePassword",
  method: "POST",
  path: "/v1/auth/password-change",
  summary: "Change your own password",
  description:
    "Ends the person's other sessions. Counts as a sign-in attempt: 422 `wrong_password` at `current_password`, then 429.",
  access: session,
  audits: "person.password_changed",
  body: ChangePasswordBody,
  responses: {
    200: { description: "The person whose password it is.", body: PasswordOwner },
  },
});
