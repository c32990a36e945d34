import type { Finding } from '../../lib/domain/finding/finding.ts';
import { parseFinding } from '../../lib/notify/parse-finding.ts';

export interface FindingTap {
  /** Looks at messages on their way to the function that mails them. */
  see(bodies: readonly string[]): void;
  /** Different findings so far. */
  seen(): number;
}

/** Reports each finding once, however often its message is delivered. */
export function findingTap(onFinding: (finding: Finding) => void): FindingTap {
  const ids = new Set<string>();
  return {
    see(bodies) {
      for (const finding of bodies.flatMap(findingIn)) {
        if (ids.has(finding.id)) continue;
        ids.add(finding.id);
        onFinding(finding);
      }
    },
    seen: () => ids.size,
  };
}

/** None in a broken message: that goes its way to the dead letters. */
function findingIn(body: string): readonly Finding[] {
  try {
    return [parseFinding(body)];
  } catch {
    return [];
  }
}
