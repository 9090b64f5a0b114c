/** An entry's recorded place in its chain. */
export type Link = {
  position: number;
  orgId: string;
  sequence: number;
  previousHash: string;
  hash: string;
  entryId: string;
};

export type Head = { sequence: number; hash: string };
