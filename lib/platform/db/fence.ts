/** Fencing token: a leader's term. Its statements carry it and do nothing once a later term exists. */
export type Fence = { name: string; epoch: string };

export class LeadershipLost extends Error {
  constructor(name: string) {
    super(`another process now leads "${name}"`);
  }
}
