import fc from 'fast-check';
import {
  type FeedbackClaims,
  isFeedbackKey,
  openToken,
  sealToken,
} from '../../../lib/feedback/feedback-token.ts';

const nowSec = 1_795_442_400;
const key = 'k'.repeat(64);
const claims = fc.record<FeedbackClaims>({
  account: fc.oneof(fc.constant('self'), fc.string({ unit: 'binary', maxLength: 30 })),
  livemode: fc.boolean(),
  id: fc.string({ minLength: 1, maxLength: 60 }),
  expiresAtSec: fc.integer({ min: nowSec + 1, max: nowSec + 10 ** 9 }),
});

it('opens what it sealed, with any of the keys, until it expires', () => {
  fc.assert(
    fc.property(claims, (claim) => {
      const token = sealToken(claim, key);
      expect(token).toMatch(/^[\w-]+\.[\w-]{43}$/); // as it stands in a path, without escapes
      expect(openToken(token, ['o'.repeat(64), key], claim.expiresAtSec - 1)).toEqual(claim);
      expect(openToken(token, [key], claim.expiresAtSec)).toBeUndefined();
    }),
  );
});

it('opens nothing that another key has sealed, and nothing without a key', () => {
  fc.assert(
    fc.property(claims, fc.string({ minLength: 1 }), (claim, other) => {
      fc.pre(other !== key);
      expect(openToken(sealToken(claim, other), [key], nowSec)).toBeUndefined();
      expect(openToken(sealToken(claim, key), [], nowSec)).toBeUndefined();
    }),
  );
});

it('opens nothing in which a character was changed, left out or put in', () => {
  const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=~ %');
  fc.assert(
    fc.property(
      claims,
      fc.nat(),
      fc.nat({ max: 1 }),
      fc.string({ unit: letter, maxLength: 2 }),
      (...args) => {
        const [claim, at, cut, put] = args;
        const token = sealToken(claim, key);
        const place = at % token.length;
        const changed = token.slice(0, place) + put + token.slice(place + cut);
        fc.pre(changed !== token);
        expect(openToken(changed, [key], nowSec)).toBeUndefined();
      },
    ),
    { numRuns: 1_000 },
  );
});

it('opens no claims with the signature of others', () => {
  fc.assert(
    fc.property(claims, claims, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      const [[head], [, signature]] = [sealToken(one, key).split('.'), sealToken(other, key).split('.')];
      fc.pre(sealToken(one, key) !== sealToken(other, key));
      expect(openToken(`${head}.${signature}`, [key], nowSec)).toBeUndefined();
    }),
  );
});

it('opens no other text, however long', () => {
  fc.assert(fc.property(fc.string(), (text) => openToken(text, [key], nowSec) === undefined));
  for (const text of ['', '.', '..', 'a.b', 'a.'.repeat(500_000)])
    expect(openToken(text, [key], nowSec)).toBeUndefined();
});

it('accepts as a key only what can’t be guessed', () => {
  expect([isFeedbackKey(key), isFeedbackKey('secret'), isFeedbackKey('')]).toEqual([true, false, false]);
});
