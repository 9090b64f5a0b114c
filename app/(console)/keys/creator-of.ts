import type { KeyCreator } from "@/components/keys/key-creator";
import type { Caller } from "@/lib/states/caller";

/** What the key forms need to know about the person who fills them in. */
export const creatorOf = ({ person, permissions, reach }: Caller): KeyCreator => ({
  id: person.id,
  permissions: [...permissions],
  reachesAll: reach.all,
});
