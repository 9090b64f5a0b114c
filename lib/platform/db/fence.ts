/** Names a leader's term in its statements, which must do nothing once there is a later one. */
export type Fence = { name: string; epoch: string };

export class LeadershipLost extends Error {
  constructor(name: string) {
    super(`another process leads "${name}" by now`);
  }
}
