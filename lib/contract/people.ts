import { z } from "zod";
import { ROLES } from "@/lib/states/permissions";
import { admin, anyone, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { countCodePoints, Reason, trimWhiteSpace } from "./runs";
import { nameText } from "./name-text";
import { StorableText } from "./storable-text";
import { Timestamp, Uuid } from "./values";

export const PERSON_STATES = ["active", "invited", "disabled"] as const;
export type PersonState = (typeof PERSON_STATES)[number];

/** Lengths in Unicode code points, as NIST SP 800-63B counts them; it asks for no composition, and so does this. */
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
    /** Null for customers' people. */
    role: z.enum(ROLES).nullable(),
    reach: Reach,
    /** The customer whose person it is; null for staff. */
    org_id: Uuid.nullable(),
    /** `invited`: no password was ever set. */
    state: z.enum(PERSON_STATES),
    /** Until when a link that sets a password is open. */
    link_expires_at: Timestamp.nullable(),
    last_sign_in_at: Timestamp.nullable(),
    disabled_at: Timestamp.nullable(),
    created_at: Timestamp,
    updated_at: Timestamp,
  })
  .meta({ id: "Person", description: "Who signs in to the console, or owns keys." });
export type Person = z.infer<typeof Person>;

export const InvitedPerson = Person.extend({
  link: z.string().meta({ description: "Where the person sets a password, once. It is shown nowhere else." }),
}).meta({ id: "InvitedPerson" });
export type InvitedPerson = z.infer<typeof InvitedPerson>;

export const PersonPage = pageOf(Person).meta({ id: "PersonPage" });
export type PersonPage = z.infer<typeof PersonPage>;

export const PersonListQuery = z.strictObject({
  kind: z.enum(["staff", "customer"]).default("staff"),
  role: z.enum(ROLES).optional(),
  state: z.enum(PERSON_STATES).optional(),
  text: StorableText(200).optional().meta({ description: "A part of the name or of the e-mail." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type PersonListQuery = z.infer<typeof PersonListQuery>;

export const PersonName = nameText(PERSON_NAME_MAX);

const Email = z
  .string()
  .overwrite((email) => trimWhiteSpace(email).toLowerCase())
  .max(254)
  .pipe(z.email("That is no e-mail address."));

/** All organizations, or some by name: never none, and never both. */
const GivenReach = z
  .strictObject({ all: z.boolean(), org_ids: z.array(Uuid.toLowerCase()).max(500).nullish() })
  .refine(({ all, org_ids }) => all === !org_ids?.length, "Say `all`, or name the organizations.");

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
  .meta({ id: "UpdatePerson", description: "What is absent stays as it is." });
export type UpdatePersonBody = z.infer<typeof UpdatePersonBody>;

const OptionalReason = z.strictObject({ reason: Reason.nullish() }).nullish().meta({ id: "PersonReason" });

/** What people choose themselves: any characters, spaces too, and as they come. */
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

export const PasswordOwner = z.object({ id: Uuid, email: z.string() }).meta({ id: "PasswordOwner" });

const REACH =
  "Only staff whose whole reach lies in the caller's; customers' people as their organization does.";
const NOT_BEYOND =
  "Nobody gives a role with permissions or a reach that they don't have themselves: 403 `escalation_forbidden`.";
const NOT_ONESELF = "Not one's own: 409 `self_action_forbidden`.";

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
  summary: "Invite a member of staff",
  description: `Answers, this once, with a link by which the person sets a password within 24 hours. ${NOT_BEYOND}`,
  access: admin("people.manage"),
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
  summary: "Change a member of staff's name, role or reach",
  description: `It holds from the next request on, for their sessions and their keys. ${NOT_BEYOND} Role and reach: ${NOT_ONESELF}`,
  access: admin("people.manage"),
  audits: "person.updated",
  body: UpdatePersonBody,
  refusals: [409],
  responses: { 200: { description: "The person.", body: Person } },
});

export const disablePersonOperation = defineOperation({
  id: "disablePerson",
  method: "POST",
  path: "/v1/admin/people/{person_id}/disablement",
  summary: "Disable a member of staff",
  description: `Their sessions end, and their keys are refused. ${NOT_ONESELF}`,
  access: admin("people.manage"),
  audits: "person.disabled",
  body: z.strictObject({ reason: Reason }).meta({ id: "Disablement" }),
  refusals: [409],
  responses: {
    200: { description: "The person was disabled before; nothing changed.", body: Person },
    201: { description: "This request disabled the person.", body: Person },
  },
});

export const enablePersonOperation = defineOperation({
  id: "enablePerson",
  method: "POST",
  path: "/v1/admin/people/{person_id}/enablement",
  summary: "Enable a member of staff who was disabled",
  description: NOT_BEYOND,
  access: admin("people.manage"),
  audits: "person.enabled",
  body: OptionalReason,
  refusals: [409],
  responses: {
    200: { description: "The person was enabled before; nothing changed.", body: Person },
    201: { description: "This request enabled the person.", body: Person },
  },
});

export const renewInvitationOperation = defineOperation({
  id: "renewInvitation",
  method: "POST",
  path: "/v1/admin/people/{person_id}/invitation",
  summary: "Make a new link by which a member of staff sets a password",
  description: `The link before ends. A password that was set holds until another one is. ${NOT_BEYOND} ${NOT_ONESELF}`,
  access: admin("people.manage"),
  audits: "person.invited",
  body: OptionalReason,
  refusals: [409],
  responses: { 201: { description: "The person, with the link.", body: InvitedPerson } },
});

export const setPasswordOperation = defineOperation({
  id: "setPassword",
  method: "POST",
  path: "/v1/auth/password",
  summary: "Set one's own password with a link",
  description:
    "A link is used once, verifies the e-mail, and ends the person's sessions. Unknown, used and expired ones are refused alike.",
  access: anyone,
  audits: "person.password_set",
  body: SetPasswordBody,
  refusals: [404, 429],
  responses: {
    200: { description: "Whose password it is.", body: PasswordOwner },
  },
});
