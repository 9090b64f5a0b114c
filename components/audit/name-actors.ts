/** An actor in the audit log, with a detail that distinguishes namesakes. */
export type ListedActor = { id: string; name: string; detail: string | null };

/** Options for the actor filter: actors with the same name get a detail. */
export function nameActors(actors: readonly ListedActor[]): { value: string; label: string }[] {
  const counts = Map.groupBy(actors, ({ name }) => name);
  return actors.map(({ id, name, detail }) => ({
    value: id,
    label: detail && counts.get(name)!.length > 1 ? `${name} · ${detail}` : name,
  }));
}
