/** An entry's place as it is recorded. */
export type Link = {
  position: number;
  orgId: string;
  sequence: number;
  previousHash: string;
  hash: string;
  entryId: string;
};

export type Head = { sequence: number; hash: string };
