import { chartDrawer } from '../../../../lib/message/chart/chart-drawer.ts';
import { brokenSum, draftSpike } from '../sample-findings.ts';

it('draws nothing, and says why, as long as resvg can’t be started', async () => {
  const failures: unknown[] = [];
  const draw = chartDrawer({ wasm: '/missing.wasm', fonts: [] }, (error) => failures.push(error));
  expect(await draw(draftSpike, 'UTC')).toBeUndefined();
  expect(await draw(draftSpike, 'UTC')).toBeUndefined();
  expect(failures).toMatchObject([{ code: 'ENOENT' }, { code: 'ENOENT' }]);
});

it('has nothing to say of a finding without a history', async () => {
  const onFailure = jest.fn();
  expect(await chartDrawer({ wasm: '', fonts: [] }, onFailure)(brokenSum, 'UTC')).toBeUndefined();
  expect(onFailure).not.toHaveBeenCalled();
});
