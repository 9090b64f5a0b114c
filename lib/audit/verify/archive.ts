import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileEntry, readFileEntry } from "./file-entry";
import { parseLine } from "./parse-line";
import { BrokenOff, readLines } from "./read-lines";
import { VerificationError } from "./verification-error";

/** The archive of a retired month, read in step with the trail. */
export class Archive {
  readonly file: string;
  readonly #digest = createHash("sha256");
  readonly #entries: AsyncGenerator<FileEntry>;
  #next: FileEntry | undefined;

  private constructor(file: string) {
    this.file = file;
    this.#entries = this.#read();
  }

  /** @throws VerificationError if it can't be read */
  static async open(file: string): Promise<Archive> {
    const archive = new Archive(file);
    try {
      await archive.#advance();
    } catch (error) {
      throw new VerificationError(`${file} can't be read: ${(error as Error).message}`);
    }
    return archive;
  }

  /** @param position higher than in any earlier call */
  async find(position: number): Promise<FileEntry | undefined> {
    while (this.#next && this.#next.link.position < position) await this.#advance();
    return this.#next?.link.position === position ? this.#next : undefined;
  }

  /**
   * Reads the rest.
   * @returns the hash of the whole file
   */
  async finish(): Promise<string> {
    while (this.#next) await this.#advance();
    return this.#digest.digest("hex");
  }

  async #advance(): Promise<void> {
    this.#next = (await this.#entries.next()).value as FileEntry | undefined;
  }

  /** Skips lines without an entry; the file's hash will show the difference. */
  async *#read(): AsyncGenerator<FileEntry> {
    try {
      for await (const lines of readLines(this.#hashed())) {
        for (const line of lines) {
          const entry = readFileEntry(line, parseLine(line));
          if (entry && entry !== "unsealed") yield entry;
        }
      }
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
    }
  }

  async *#hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(this.file) as AsyncIterable<Buffer>) {
      this.#digest.update(chunk);
      yield chunk;
    }
  }
}
