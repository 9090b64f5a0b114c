import { ORIGIN } from "./read-checkpoint";

type Said = {
  position: number;
  /** The tree's hash, in base64. */
  root: string;
  number: number;
  orgs: number;
  /** As in entries: milliseconds and the offset `+00:00`. */
  time: string;
  /** The hash of the whole previous note, in base64; absent for the first. */
  previous: string | undefined;
};

/** @returns the text that the keys sign; `readCheckpoint` reads it back */
export const writeCheckpoint = ({ position, root, number, orgs, time, previous = "-" }: Said): string =>
  `${ORIGIN}\n${position}\n${root}\ncheckpoint ${number}\norgs ${orgs}\ntime ${time}\nprevious ${previous}\n`;
