import { ORIGIN } from "./read-checkpoint";

type Said = {
  position: number;
  /** The tree's hash, in base64. */
  root: string;
  number: number;
  orgs: number;
  /** As in an entry: milliseconds and the offset `+00:00`. */
  time: string;
  /** The hash of the whole note before this one, in base64; absent for the first. */
  previous: string | undefined;
};

/** @returns the text of a checkpoint, which is what its keys sign; `readCheckpoint` reads it back */
export const writeCheckpoint = ({ position, root, number, orgs, time, previous = "-" }: Said): string =>
  `${ORIGIN}\n${position}\n${root}\ncheckpoint ${number}\norgs ${orgs}\ntime ${time}\nprevious ${previous}\n`;
