import * as z from 'zod/mini';
import { type Finding, findingId } from '../finding/finding.ts';
import type { Immutable } from '../schema/immutable.ts';
import { hourSec } from '../time.ts';
import { keptHours } from './hourly-counts.ts';

export const episodeSchema = z.object({
  /** The first moment of what was wrong: it names the finding. */
  sinceSec: z.int(),
  /** When it was last seen. */
  lastSec: z.int(),
});
/** What continued for some time, and was found once. */
export type Episode = Immutable<z.infer<typeof episodeSchema>>;

/** Episodes by the id of their detector, oldest first; kept for as long as their hours. */
export type Episodes = ReadonlyMap<string, readonly Episode[]>;

/**
 * The episodes after something was seen: the newest continues, or a new one has begun.
 * @param overAfterHours without it, and the next is a new one
 * @returns `about`: what the episode's finding is named after
 * @example withEpisode(new Map(), { id: 'webhook-lag', overAfterHours: 24 }, 0, 3600).isNew // true
 */
export function withEpisode(
  episodes: Episodes,
  { id, overAfterHours }: { readonly id: string; readonly overAfterHours: number },
  sinceSec: number,
  seenSec: number,
): { readonly episodes: Episodes; readonly about: string; readonly isNew: boolean } {
  const known = (episodes.get(id) ?? []).filter(({ lastSec }) => lastSec > seenSec - keptHours * hourSec);
  const open = known.at(-1);
  const isNew = open === undefined || seenSec - open.lastSec > overAfterHours * hourSec;
  const episode = isNew
    ? { sinceSec, lastSec: seenSec }
    : { ...open, lastSec: Math.max(open.lastSec, seenSec) };
  const about = nameOf(episode);
  const after = isNew ? [...known, episode] : known.with(-1, episode);
  return { episodes: new Map(episodes).set(id, after), about, isNew };
}

/** When the episode of a finding about the whole account was last seen; undefined when it is about no known episode. */
export function lastSeenSec(episodes: Episodes, finding: Finding): number | undefined {
  const isOwn = (episode: Episode): boolean =>
    findingId(finding, finding.detector, nameOf(episode)) === finding.id;
  return episodes.get(finding.detector)?.find(isOwn)?.lastSec;
}

function nameOf({ sinceSec }: Episode): string {
  return new Date(sinceSec * 1000).toISOString();
}
