import { readNewestPosition } from "@/lib/audit/trail/read-trail";
import { listDb } from "@/lib/platform/db/client";

export type TrailFollower = { hear(newest: number): void; onLost(): void };

const LOOK_EVERY_MS = 250;

/**
 * Polls the trail's end for all of this process's streams with one small query every 250 ms, only while a
 * stream is open.
 */
export class TrailWatch {
  private readonly followers = new Set<TrailFollower>();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly readNewest: () => Promise<number>) {}

  /** @returns the unsubscribe function */
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
      // The clients reconnect with their position, and then get the error.
      this.followers.forEach(({ onLost }) => onLost());
    }
    this.isLooking = false;
  }
}

const shared = globalThis as { runflowTrailWatch?: TrailWatch };

/** One per process; on globalThis, so that a hot reload in development doesn't make a second one. */
export const trailWatch = (): TrailWatch =>
  (shared.runflowTrailWatch ??= new TrailWatch(() => readNewestPosition(listDb())));
