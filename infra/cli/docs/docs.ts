import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registry } from '../../../lib/detectors/registry.ts';
import { detectorsPage } from './detectors-page.ts';

const page = join(__dirname, '../../../docs/detectors.md');

void detectorsPage(registry).then((text) => writeFileSync(page, text));
