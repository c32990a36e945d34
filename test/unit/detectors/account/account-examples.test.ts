import type { AccountExamples } from '../../../../lib/detectors/examples/example-past.ts';
import {
  endpointDisabled,
  examples as ofEndpoints,
} from '../../../../lib/detectors/health/endpoint-disabled.ts';
import { accountDetectors } from '../../../../lib/detectors/registry.ts';
import { examplesOf } from '../../../fixtures/examples-of.ts';

describe.each(accountDetectors.map((detector) => [detector.id, detector] as const))('%s', (id, detector) => {
  const examples = examplesOf<AccountExamples>(id);
  const { fires, quiet } = examples();

  it.each(fires.map((example) => [example.name, example] as const))('fires at %s', (_name, { past }) => {
    const found = detector.judge(past);
    expect(found?.summary).toMatch(/^[\p{Lu}\d].*\.$/su);
    expect(found?.rule).toMatch(/\.$/);
    expect(found?.severityReason).toMatch(/\.$/);
  });

  it.each(quiet.map((example) => [example.name, example] as const))('is quiet at %s', (_name, { past }) => {
    expect(detector.judge(past)).toBeUndefined();
  });

  it('has at least one example that fires and two that stay quiet, next steps and blind spots', () => {
    expect(fires.length).toBeGreaterThanOrEqual(1);
    expect(quiet.length).toBeGreaterThanOrEqual(2);
    expect(detector.nextSteps.length).toBeGreaterThan(0);
    expect(detector.blindSpots.length).toBeGreaterThan(0);
  });
});

describe('endpoint-disabled', () => {
  const { url, needed, fires, quiet } = ofEndpoints();

  it.each(fires)('fires at $name', ({ endpoints }) => {
    expect(endpointDisabled.problemOf(endpoints, url, needed)).toMatch(/^(is|does)/);
  });

  it.each(quiet)('is quiet at $name', ({ endpoints }) => {
    expect(endpointDisabled.problemOf(endpoints, url, needed)).toBeNull();
  });
});
