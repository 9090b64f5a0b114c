/** Nothing can be said about the trail, neither good nor bad. The message is for the person who typed the command. */
export class Uncheckable extends Error {
  override name = "Uncheckable";
}
