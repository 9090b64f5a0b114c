import { z } from "zod";

/** What PostgreSQL announces: runs with their organizations, or null for more than could be named. */
const Announcement = z.array(z.tuple([z.string(), z.string()])).nullable();

/** Beyond it nobody is told which runs changed, only that many did; so what waits for a slow client stays small. */
const MOST_NAMED = 500;

/** Runs that changed, gathered until someone takes them. However many there are, it stays small. */
export class RunChanges {
  private orgs: Map<string, string> | null = new Map();

  get isEmpty(): boolean {
    return this.orgs?.size === 0;
  }

  static many(): RunChanges {
    const changes = new RunChanges();
    changes.orgs = null;
    return changes;
  }

  /** @throws when the text is none that `announce_runs` of the migrations writes */
  static parse(payload: string): RunChanges {
    const changes = new RunChanges();
    const named = Announcement.parse(JSON.parse(payload));
    changes.orgs = named && new Map(named);
    return changes;
  }

  /** @param isReached whether an organization's runs are anything to whoever gathers */
  add({ orgs }: RunChanges, isReached: (orgId: string) => boolean = () => true): void {
    if (orgs === null) this.orgs = null;
    for (const [id, orgId] of orgs ?? []) if (isReached(orgId)) this.orgs?.set(id, orgId);
    if (this.orgs && this.orgs.size > MOST_NAMED) this.orgs = null;
  }

  /** The ids, or null for "many"; from then on it is empty. */
  take(): string[] | null {
    const ids = this.orgs && [...this.orgs.keys()];
    this.orgs = new Map();
    return ids;
  }
}
