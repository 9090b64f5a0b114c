import { readNewestPosition } from "@/lib/audit/trail/read-trail";
import { listDb } from "@/lib/platform/db/client";

export type TrailFollower = { hear(newest: number): void; onLost(): void };

const LOOK_EVERY_MS = 250;

/**
 * Looks, for everyone who follows the trail in this process, how far it goes: one small question every quarter of a
 * second while anyone follows, which asks no more of PostgreSQL than a heartbeat and of a pooler nothing at all.
 */
export class TrailWatch {
  private readonly followers = new Set<TrailFollower>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly readNewest: () => Promise<number>) {}

  /** @returns how to stop following */
  follow(follower: TrailFollower): () => void {
    this.followers.add(follower);
    this.timer ??= setInterval(() => void this.look(), LOOK_EVERY_MS);
    return () => {
      this.followers.delete(follower);
      if (this.followers.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      const newest = await this.readNewest();
      this.followers.forEach(({ hear }) => hear(newest));
    } catch {
      // Whoever follows comes back with the position it had, and is told then what is wrong.
      this.followers.forEach(({ onLost }) => onLost());
    }
    this.isLooking = false;
  }
}

const shared = globalThis as { runflowTrailWatch?: TrailWatch };

/** The process's watch; kept on globalThis so that a development reload doesn't make a second one. */
export const trailWatch = (): TrailWatch =>
  (shared.runflowTrailWatch ??= new TrailWatch(() => readNewestPosition(listDb())));
