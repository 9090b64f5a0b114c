import canonicalize from "canonicalize";
import { ENTRY_TAG, type PlacedEntry, storedMeta } from "@/lib/audit/sealing/chain";
import { hasExactNumbers } from "./exact-numbers";

const write = (value: string | null): string => JSON.stringify(value);

/**
 * Same text as `hashedText`, for entries with exactly the contract's fields: knowing their order makes it
 * three times as fast. RFC 8785 writes strings as JSON.stringify does.
 */
export function entryText({ actor, chain, context, meta, target, ...entry }: PlacedEntry): string {
  return `${ENTRY_TAG}{"action":${write(entry.action)},"actor":{"email":${write(actor.email)},"id":${write(actor.id)},"key_prefix":${write(
    actor.key_prefix,
  )}${makerText(actor.maker)},"name":${write(actor.name)}${ownerText(actor.owner)},"role":${write(actor.role)},"type":${write(actor.type)}},"chain":{"previous_hash":${write(
    chain.previous_hash,
  )},"sequence":${chain.sequence}},"context":{"ip":${write(context.ip)},"request_id":${write(
    context.request_id,
  )},"source":${write(context.source)},"user_agent":${write(context.user_agent)}},"id":${write(entry.id)},"meta":${canonicalize(
    storedMeta(meta),
  )},"occurred_at":${write(entry.occurred_at)},"org_id":${write(entry.org_id)},"position":${entry.position},"target":{"id":${write(
    target.id,
  )},"label":${write(target.label)},"type":${write(target.type)}}}`;
}

const ownerText = (owner: PlacedEntry["actor"]["owner"]): string =>
  owner ? `,"owner":{"id":${write(owner.id)},"name":${write(owner.name)},"role":${write(owner.role)}}` : "";

const makerText = (maker: PlacedEntry["actor"]["maker"]): string =>
  maker ? `,"maker":{"email":${write(maker.email)},"id":${write(maker.id)},"name":${write(maker.name)}}` : "";

/** For an entry that could not have been sealed: no recorded hash matches this text. */
const NO_TEXT = "";

/**
 * @param json the source of the entry's numbers
 * @param write returns the text; throws if there is no canonical form, as for a lone surrogate
 */
export function textUnlessImpossible(json: string, write: () => string): string {
  try {
    return hasExactNumbers(json) ? write() : NO_TEXT;
  } catch {
    return NO_TEXT;
  }
}
