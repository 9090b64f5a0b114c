import { env } from "@/lib/env";
import { RunChanges } from "./run-changes";
import { RunListener } from "./run-listener";

export type RunSubscriber = { hear(changes: RunChanges): void; onLost(): void };

/** However much happens, subscribers are told at most so often. */
const GATHER_MS = 50;

/** Hands what one connection hears to everyone who follows runs in this process. */
export class RunHub {
  private readonly subscribers = new Set<RunSubscriber>();
  private heard = new RunChanges();
  private timer: NodeJS.Timeout | undefined;
  private readonly listener: RunListener;

  constructor(url: string) {
    this.listener = new RunListener(url, {
      onChanges: (changes) => this.gather(changes),
      // Whoever stayed would miss what is announced until it is heard again; whoever comes anew asks for everything.
      onLost: () => this.subscribers.forEach(({ onLost }) => onLost()),
    });
  }

  get size(): number {
    return this.subscribers.size;
  }

  /** @returns whether PostgreSQL is being listened to, so that following makes sense */
  listens = (): Promise<boolean> => this.listener.listens();

  /** @returns how to stop following */
  follow(subscriber: RunSubscriber): () => void {
    this.subscribers.add(subscriber);
    return () => void this.subscribers.delete(subscriber);
  }

  close(): Promise<void> {
    clearTimeout(this.timer);
    return this.listener.close();
  }

  private gather(changes: RunChanges): void {
    this.heard.add(changes);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      const { heard } = this;
      this.heard = new RunChanges();
      this.subscribers.forEach(({ hear }) => hear(heard));
    }, GATHER_MS);
  }
}

const shared = globalThis as { runflowRunHub?: RunHub };

/** The process's hub; kept on globalThis so that a development reload doesn't open a second connection. */
export const runHub = (): RunHub => (shared.runflowRunHub ??= new RunHub(env().DATABASE_URL));
