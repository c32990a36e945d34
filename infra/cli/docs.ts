import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors } from '../../lib/detectors/index.ts';
import { missedRenewal } from '../../lib/detectors/missed-renewal.ts';
import { detectorsPage } from './detectors-page.ts';

const page = join(__dirname, '../../docs/detectors.md');

void detectorsPage(detectors, missedRenewal).then((text) => writeFileSync(page, text));
